import { setTimeout as timer } from 'node:timers/promises';

/** Makes guessing slow: each wrong token of an address makes the next one wait longer before it is looked at. */
export interface TokenDelays {
  /**
   * Runs `isRight` after the wait that this address has earned; a right token clears it.
   * @returns what `isRight` said, or `too-many` without looking where others of this address are waiting already
   */
  check(address: string, isRight: () => boolean): Promise<boolean | 'too-many'>;
}

/** A slip of the hand costs nothing. */
const FREE = 3;
const FIRST_MS = 250;
const LONGEST_MS = 8000;
const MOST_WAITING = 8;
/** Addresses that are remembered; a network full of them must not fill the memory. */
const MOST_ADDRESSES = 1000;

interface Known {
  wrong: number;
  waiting: number;
}

export function createTokenDelays(
  wait: (ms: number) => Promise<unknown> = (ms) => timer(ms),
): TokenDelays {
  const addresses = new Map<string, Known>();

  function knownOf(address: string): Known {
    const known = addresses.get(address) ?? { wrong: 0, waiting: 0 };
    addresses.delete(address);
    addresses.set(address, known);
    if (addresses.size > MOST_ADDRESSES) addresses.delete(addresses.keys().next().value!);
    return known;
  }

  return {
    async check(address, isRight) {
      const known = knownOf(address);
      if (known.wrong >= FREE) {
        if (known.waiting >= MOST_WAITING) return 'too-many';
        known.waiting += 1;
        await wait(Math.min(LONGEST_MS, FIRST_MS * 2 ** (known.wrong - FREE)));
        known.waiting -= 1;
      }
      const right = isRight();
      known.wrong = right ? 0 : known.wrong + 1;
      return right;
    },
  };
}
