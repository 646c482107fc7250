export function whyNotPacked(platform: string, arch: string, root?: string): string | null;
