/** What travels between a test and the process that runs the built main entry against the double. */
export type ToDouble =
  | { kind: 'invoke'; id: number; channel: string; input: unknown; from: Sender }
  | { kind: 'send'; channel: string; input: unknown; from: Sender }
  | { kind: 'request'; id: number; url: string; method: string }
  | { kind: 'page'; id: number; event: string; url: string }
  | { kind: 'dialog'; paths: string[] }
  | { kind: 'menu'; id: number; path: string[] }
  | { kind: 'app'; event: string; args: unknown[] }
  | { kind: 'inspect'; id: number };

/** Where a message claims to come from. */
export interface Sender {
  readonly url: string;
  /** False for a frame inside the page. */
  readonly top: boolean;
  /** False for another window's contents. */
  readonly ownWindow: boolean;
}

export type FromDouble =
  | { kind: 'answer'; id: number; value?: unknown; error?: string }
  | { kind: 'to-page'; channel: string; args: unknown[] }
  | { kind: 'load'; url: string }
  | { kind: 'quit' };

/** What main has set up, as far as tests look at it. */
export interface Inspection {
  readonly schemes: { scheme: string; privileges: Record<string, boolean> }[];
  readonly window: {
    webPreferences: Record<string, unknown>;
    minWidth?: number;
    minHeight?: number;
  } | null;
  readonly handlers: string[];
  readonly listeners: string[];
  readonly windowOpen: unknown;
  readonly permissions: { request: boolean; check: boolean; device: boolean };
  readonly menu: unknown;
  readonly recent: string[];
  readonly children: { pid: number; entry: string; serviceName: string }[];
}
