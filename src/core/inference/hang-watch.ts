/** How long a process may be silent, by how long the same work took it before. */
export interface HangWatch {
  /**
   * Starts to wait for a sign of life, or for the next one.
   * @param work what is waited for; equal names take about equally long
   * @param unknownMs patience with work that was never done before
   * @param hangs times that this very work has been given up before: each doubles the patience
   */
  wait(work: string, unknownMs: number, hangs: number): void;
  /** The work is done: how long it took counts for the next of its name. */
  done(work: string): void;
  stop(): void;
}

export interface HangWatchOptions {
  /** Longest wait for work that was never given up before. */
  readonly longestMs: number;
  readonly onHang: (afterMs: number) => void;
}

/** A machine that other work slows down may need this much longer than it ever did. */
const SLOWER = 50;
/** Never less: a laptop that swaps answers after seconds, too. */
const SHORTEST_MS = 10_000;

/**
 * Watches a process whose native code holds its event loop for as long as a batch takes, so that it cannot answer a
 * heartbeat: what tells one that is stopped or stuck from one at work is how long the same work took before.
 */
export function createHangWatch({ longestMs, onHang }: HangWatchOptions): HangWatch {
  const slowestMs = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let sinceMs = 0;

  return {
    wait(work, unknownMs, hangs) {
      clearTimeout(timer);
      sinceMs = performance.now();
      const known = slowestMs.get(work);
      const patient = known === undefined ? unknownMs : Math.max(SHORTEST_MS, SLOWER * known);
      const afterMs = Math.min(longestMs, patient) * 2 ** hangs;
      timer = setTimeout(() => onHang(afterMs), afterMs);
      timer.unref();
    },
    done(work) {
      clearTimeout(timer);
      slowestMs.set(work, Math.max(slowestMs.get(work) ?? 0, performance.now() - sinceMs));
    },
    stop: () => clearTimeout(timer),
  };
}
