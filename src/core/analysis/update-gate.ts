import type { Segment } from '../../shared/domain';

/** Ten events a second read as smooth and cost the viewer nothing. */
const INTERVAL_MS = 100;

/** Gathers finished segments and passes them on at most ten times a second, the first ones at once. */
export interface UpdateGate {
  touch(segments: readonly Segment[]): void;
  /** Passes on what is left. */
  flush(): void;
}

export function createUpdateGate(pass: (segments: Segment[]) => void): UpdateGate {
  let held: Segment[] = [];
  let timer: NodeJS.Timeout | null = null;
  let lastMs = -Infinity;
  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    lastMs = performance.now();
    const segments = held;
    held = [];
    pass(segments);
  }
  return {
    touch(segments) {
      held.push(...segments);
      const waitMs = lastMs + INTERVAL_MS - performance.now();
      if (waitMs <= 0) flush();
      else timer ??= setTimeout(flush, waitMs);
    },
    flush,
  };
}
