/** What travels between a test and the process that runs the built main entry against the double. */
export type ToDouble =
  | { kind: 'invoke'; id: number; channel: string; input: unknown; from: Sender }
  | { kind: 'send'; channel: string; input: unknown; from: Sender }
  | { kind: 'request'; id: number; url: string; method: string }
  | { kind: 'page'; id: number; event: string; url: string }
  | { kind: 'navigate'; id: number; url: string; by: 'page' | 'host' }
  | { kind: 'gone'; id: number; reason: string }
  | { kind: 'emit'; id: number; target: 'window' | 'contents'; event: string; args: unknown[] }
  | { kind: 'close'; id: number }
  | { kind: 'press'; id: number; key: string }
  | { kind: 'box'; id: number; response: number }
  | { kind: 'break-down'; id: number; serviceName: string }
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

/** What main did of its own accord. */
export type Told =
  | { kind: 'to-page'; channel: string; args: unknown[] }
  | { kind: 'load'; url: string }
  /** A box was opened; one with buttons waits for `answerBox`. */
  | { kind: 'box'; message: string; detail: string; buttons: string[] }
  | { kind: 'open-dialog'; title: string; filters: { name: string; extensions: string[] }[] }
  | { kind: 'popup'; items: string[] }
  | { kind: 'drag'; item: { file: string; icon: string } }
  | { kind: 'lock-released' }
  | { kind: 'exit' }
  | { kind: 'quit' };

export type FromDouble = { kind: 'answer'; id: number; value?: unknown; error?: string } | Told;

/** What main has set up, as far as tests look at it. */
export interface Inspection {
  readonly schemes: { scheme: string; privileges: Record<string, boolean> }[];
  readonly window: {
    webPreferences: Record<string, unknown>;
    minWidth?: number;
    minHeight?: number;
    name?: string;
    icon?: string;
    windowStatePersistence?: boolean;
  } | null;
  readonly visible: boolean;
  readonly handlers: string[];
  readonly listeners: string[];
  readonly windowOpen: unknown;
  readonly permissions: { readonly given: readonly string[]; readonly device: boolean };
  /** What Chromium would ask the network for by itself. */
  readonly asks: {
    switches: Record<string, string>;
    spellCheckerLanguages: string[];
    resolver: unknown;
    proxy: unknown;
  };
  readonly menu: unknown;
  readonly recent: string[];
  readonly children: { pid: number; entry: string; serviceName: string }[];
  /** Kinds of the power save blockers that run. */
  readonly blockers: string[];
}
