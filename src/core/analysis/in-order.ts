/**
 * Runs `work` for 0 to count - 1 with at most `ahead` in flight and yields the results in order. Pulled by its
 * consumer: a slow one holds the work back. Leaving the loop early starts nothing more.
 */
export async function* inOrder<T>(
  count: number,
  ahead: number,
  work: (index: number) => Promise<T>,
): AsyncGenerator<T> {
  const flying: Promise<T>[] = [];
  let next = 0;
  try {
    while (next < count || flying.length > 0) {
      while (next < count && flying.length < ahead) flying.push(work(next++));
      yield await flying.shift()!;
    }
  } finally {
    // Whoever left does not want these answers, nor a crash for a rejection that nobody awaits.
    for (const rest of flying) rest.catch(() => undefined);
  }
}
