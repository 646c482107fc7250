interface Where {
  env?: Record<string, string | undefined>;
  platform?: string;
}
export const CHROMIUM_FLAGS: string[];
export function findChromium(where?: Where & { own?: string }): string | null;
export function findOnPath(name: string, where?: Where): string | null;
export function whyNotStarted(executablePath: string): Promise<string | null>;
