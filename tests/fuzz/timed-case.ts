/** A case may take this much of a processor. */
export const LIMIT_MS = 2000;

/**
 * Runs a case and counts its processor time, which others on a busy machine do not add to. A case that waits for
 * nothing is the watchdog's.
 */
export async function timedCase<T>(
  run: () => T | Promise<T>,
): Promise<{ readonly answer: T; readonly ms: number }> {
  const before = process.cpuUsage();
  const answer = await run();
  const { user, system } = process.cpuUsage(before);
  return { answer, ms: (user + system) / 1000 };
}
