/** Bounds how much is worked on at a time; what does not fit waits or is told to come back. */
export interface Gate {
  /** Requests that were let in and have not left. */
  readonly inside: number;
  /** Those that wait for a place at work, and those that have one. */
  readonly waiting: number;
  readonly atWork: number;
  /** Lets a request in, or null when the house is full. Whoever is in calls the function once to leave. */
  enter(): (() => void) | null;
  /**
   * Waits for one of the places at work. Rejects with the signal's reason when aborted.
   * @param who waits for the end: a caller, or nobody; they take turns, so that neither holds up the other for long
   */
  work<T>(job: () => Promise<T>, signal: AbortSignal, who?: Waiting): Promise<T>;
}

type Waiting = 'caller' | 'nobody';

/**
 * @param mostInside requests that may be received, waiting or at work together
 * @param mostAtWork of those, the ones that may compute
 */
export function createGate(mostInside: number, mostAtWork: number): Gate {
  let inside = 0;
  let atWork = 0;
  const lines: Readonly<Record<Waiting, (() => void)[]>> = { caller: [], nobody: [] };
  let turn: Waiting = 'caller';

  function first(): (() => void) | undefined {
    const other = turn === 'caller' ? 'nobody' : 'caller';
    const start = lines[turn].shift();
    if (!start) return lines[other].shift();
    turn = other;
    return start;
  }

  function next(): void {
    while (atWork < mostAtWork) {
      const start = first();
      if (!start) return;
      atWork += 1;
      start();
    }
  }

  function place(signal: AbortSignal, waiting: (() => void)[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        const at = waiting.indexOf(start);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(start);
      next();
      return undefined;
    });
  }

  return {
    get inside() {
      return inside;
    },
    get waiting() {
      return lines.caller.length + lines.nobody.length;
    },
    get atWork() {
      return atWork;
    },
    enter() {
      if (inside >= mostInside) return null;
      inside += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        inside -= 1;
      };
    },
    async work(job, signal, who = 'caller') {
      await place(signal, lines[who]);
      try {
        return await job();
      } finally {
        atWork -= 1;
        next();
      }
    },
  };
}
