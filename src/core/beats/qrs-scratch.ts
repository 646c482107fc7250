/**
 * Arrays for what is made of one stretch of signal after the other: they are used again, so that nobody has to collect them.
 */
export interface Scratch {
  /** An array with what was left in it. */
  take(length: number): Float64Array;
  /** The same, of zeros. */
  zeros(length: number): Float64Array;
  /** What was taken may be taken anew. */
  release(): void;
}

export function createScratch(): Scratch {
  const kept: Float64Array[] = [];
  let taken = 0;
  function take(length: number): Float64Array {
    const own = kept[taken];
    const array = own && own.length >= length ? own : new Float64Array(length);
    kept[taken++] = array;
    return array.length === length ? array : array.subarray(0, length);
  }
  return { take, zeros: (length) => take(length).fill(0), release: () => void (taken = 0) };
}
