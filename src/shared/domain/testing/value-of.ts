import type { Result } from '../result';

/** What succeeded, for tests. @throws Error with code and sentence where it did not */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
