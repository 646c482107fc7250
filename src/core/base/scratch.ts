/**
 * Arrays for what is made of one stretch of signal after the other: they are used again, so that nobody has to make, clear
 * and collect them.
 */
export interface Scratch {
  /** An array with what was left in it. */
  take(length: number): Float64Array;
  /** The same, of zeros. */
  zeros(length: number): Float64Array;
  /** How many arrays are taken: where `release` may go back to. */
  taken(): number;
  /** What was taken since there were so many may be taken anew; all without a number. */
  release(taken?: number): void;
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
  return {
    take,
    zeros: (length) => take(length).fill(0),
    taken: () => taken,
    release: (to = 0) => void (taken = to),
  };
}

/** By what they are for: two kinds of work in one thread take other arrays in another order. */
const idle = new Map<string, Scratch>();

/**
 * The scratch that this thread keeps for one kind of work, until it is given back: so a thread that reads stretch after
 * stretch holds the arrays of one, of the longest. Where it is lent already, another, which is kept in its place.
 */
export function borrowScratch(kind: string): Scratch {
  const scratch = idle.get(kind) ?? createScratch();
  idle.delete(kind);
  return scratch;
}

/** For the next that borrows; nothing that was taken of it may be used any more. */
export function giveBackScratch(kind: string, scratch: Scratch): void {
  scratch.release();
  idle.set(kind, scratch);
}
