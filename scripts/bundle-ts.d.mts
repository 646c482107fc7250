export const root: string;
export function bundleTs(entry: string, outDir: string): Promise<string>;
