export interface RuntimeOptions {
  electronDir?: string;
  tmpDir?: string;
  stateFile?: string;
  silentMs?: number;
  again?: boolean;
  env?: Record<string, string | undefined>;
  log?: (line: string) => void;
  show?: (text: string | null) => void;
}
export function electronRuntime(
  options?: RuntimeOptions,
): Promise<
  { path: string; reason?: undefined } | { path?: undefined; reason: string; remedy?: string }
>;
