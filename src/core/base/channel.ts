/**
 * A two-way stream of structured-cloneable messages to another process. Starting one is injected everywhere
 * (Node's `fork` or Electron's `utilityProcess`), so nothing below knows which it is.
 */
export interface Channel {
  /** Process id of the other side, for logs and tests; undefined before it is known. */
  readonly pid: number | undefined;
  /** Sends a message; one posted after the close is dropped. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other side is gone, with the cause in a few words. */
  onClose(listener: (reason: string) => void): void;
  /** Ends the other side. `onClose` follows. */
  close(): void;
}

/** The end of a channel inside a started process: it has nothing to kill. */
export interface ParentChannel extends Pick<Channel, 'post' | 'onMessage'> {
  /**
   * Called when this process is to end because its parent is gone or somebody asks it to (SIGTERM). It ends when what the
   * listener returns has settled, or after five seconds.
   */
  onEnd(listener: () => Promise<void>): void;
}
