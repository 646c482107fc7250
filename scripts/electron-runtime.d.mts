export interface RuntimeOptions {
  electronDir?: string;
  tmpDir?: string;
  silentMs?: number;
  log?: (line: string) => void;
}
export function electronRuntime(
  options?: RuntimeOptions,
): Promise<{ path: string; reason?: undefined } | { path?: undefined; reason: string }>;
