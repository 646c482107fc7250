import type { Tool } from './ensure-tools.mjs';

export interface Apt {
  may(): Promise<boolean>;
  installer(tool: Tool): (() => Promise<string | null>) | null;
}
export function aptInstaller(options: {
  env?: Record<string, string | undefined>;
  log: (line: string) => void;
  uid?: number;
  isTerminal?: boolean;
  run?: (argv: string[]) => Promise<{ code: number; output: string }>;
  ask?: (question: string) => Promise<boolean>;
}): Apt;
