import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares secrets in the same time whatever their difference, in length too. */
export function equal(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
