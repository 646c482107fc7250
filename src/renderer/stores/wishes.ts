/** Fetches what is wished for one at a time, the first wish first. */
export interface Wishes {
  /** Replaces all wishes so far: what is no longer named is dropped, and stopped if it is under way. */
  want(wished: readonly number[]): void;
}

/**
 * One at a time, because an answer takes long and the reader may be elsewhere by then: requests sent ahead would be
 * in the way of the one that is looked at, and of the few connections that a browser opens to its host.
 * @param fetch settles once the wish is fulfilled, refused, or stopped through `signal`
 */
export function createWishes(fetch: (wish: number, signal: AbortSignal) => Promise<void>): Wishes {
  let waiting: readonly number[] = [];
  let current: { wish: number; controller: AbortController } | null = null;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const [wish, ...rest] = waiting as [number, ...number[]];
      waiting = rest;
      const controller = new AbortController();
      current = { wish, controller };
      try {
        await fetch(wish, controller.signal);
      } finally {
        current = null;
      }
    }
  }

  return {
    want(wished) {
      const stopping = current?.controller.signal.aborted;
      waiting = wished.filter((wish) => stopping || wish !== current?.wish);
      if (!current) void work();
      else if (!wished.includes(current.wish)) current.controller.abort();
    },
  };
}
