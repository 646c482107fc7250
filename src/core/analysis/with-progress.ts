/** A value of the source, or how far the work on the next one is. */
export type Told<T> = { readonly value: T } | { readonly done: number };

/**
 * Yields what a source yields and, while it is waited for, the last figure that the source reported. Leaving the loop
 * early does not wait for work in hand.
 * @param start begins the source; it may report at any time
 */
export async function* withProgress<T>(
  start: (report: (done: number) => void) => AsyncGenerator<T>,
): AsyncGenerator<Told<T>> {
  let reported: number | null = null;
  let wake = (): void => undefined;
  const source = start((done) => {
    reported = done;
    wake();
  });
  let next = source.next();
  try {
    for (;;) {
      if (reported !== null) {
        const done: number = reported;
        reported = null;
        yield { done };
        continue;
      }
      const woken = new Promise<null>((resolve) => (wake = () => resolve(null)));
      const step = await Promise.race([next, woken]);
      if (step === null) continue;
      if (step.done) return;
      yield { value: step.value };
      next = source.next();
    }
  } finally {
    // Whoever left wants neither the answer in hand nor a crash for its failure.
    next.catch(() => undefined);
    void source.return(undefined).catch(() => undefined);
  }
}
