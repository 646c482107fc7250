export interface NoWindow {
  reason: string;
  remedy?: string;
  code?: undefined;
}
type ReadKnob = (path: string) => number | null;
export function whyNoWindow(machine?: {
  platform?: string;
  env?: Record<string, string | undefined>;
  uid?: number;
}): NoWindow | null;
export function whyNoSandbox(executable: string, readKnob?: ReadKnob): NoWindow;
export function hasSandboxHelper(executable: string): boolean;
export function runElectron(
  executable: string,
  argv: string[],
  options?: {
    cwd?: string;
    stateFile?: string;
    again?: boolean;
    readKnob?: ReadKnob;
    failedStartMs?: number;
  },
): Promise<{ code: number; reason?: undefined } | NoWindow>;
