/** Before the first step: whoever asked has their answer by then, and what they ask for next. */
const START_MS = 500;
/** Between two steps, in which others are answered. */
const PAUSE_MS = 10;

/** Work that nobody waits for, a step at a time, each of some milliseconds. */
export interface IdleSteps {
  /** @param step does a part; false where it was the last */
  add(step: () => boolean): void;
  stop(): void;
}

export function createIdleSteps(): IdleSteps {
  const steps: (() => boolean)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  function schedule(ms: number): void {
    if (isStopped || timer || steps.length === 0) return;
    timer = setTimeout(next, ms);
    // A command that has done its work ends.
    timer.unref();
  }

  function next(): void {
    timer = null;
    if (steps[0]?.() === false) steps.shift();
    schedule(PAUSE_MS);
  }

  return {
    add(step) {
      steps.push(step);
      schedule(START_MS);
    },
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
