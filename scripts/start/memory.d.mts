interface Memory {
  stateFile?: string;
  what: string;
  nowMs?: number;
}
export function lastFailure(memory: Memory): { reason: string; day: string } | null;
export function rememberFailure(memory: Memory & { reason: string; forGood: boolean }): void;
export function forgetFailure(memory: Memory): void;
