export interface Tool {
  name: string;
  uses: string;
  named?: string;
  find(): string | null;
  whyNotStarted?(path: string): Promise<string | null>;
  install?(help: {
    log: (line: string) => void;
    mayInstall: () => Promise<boolean>;
  }): Promise<string | null>;
  packages?: string[];
}
export interface FoundTool {
  name: string;
  uses: string;
  path: string | null;
  reason?: string;
  refused?: boolean;
}
export const TOOLS: Tool[];
export function ensureTools(options?: {
  tools?: Tool[];
  env?: Record<string, string | undefined>;
  log?: (line: string) => void;
  apt?: import('./apt.mjs').Apt;
}): Promise<FoundTool[]>;
