/** Reads a FLAC frame bit by bit, the highest bit of each byte first (RFC 9639, section 5). */
export interface BitReader {
  /** The next `count` bits, 0 to 32 of them, as a number without sign. */
  bits(count: number): number;
  /** The same as a two's complement number. */
  signed(count: number): number;
  /** Zeros up to the next one, which is taken too. */
  unary(): number;
  /** Moves on to the next whole byte. */
  align(): void;
  /** Bits that were read; more than there were, where the frame ended too soon. */
  readonly position: number;
}

/** Behind the end come zeros: who reads asks for `position` in the end. */
export function createBitReader(bytes: Uint8Array, startByte: number): BitReader {
  const endBits = 8 * bytes.length;
  let at = 8 * startByte;

  /** The 32 bits from `at` on, signed as JavaScript's operators have them. */
  function window(): number {
    const byte = at >>> 3;
    const skip = at & 7;
    const four =
      (bytes[byte]! << 24) | (bytes[byte + 1]! << 16) | (bytes[byte + 2]! << 8) | bytes[byte + 3]!;
    return skip === 0 ? four : (four << skip) | (bytes[byte + 4]! >> (8 - skip));
  }

  return {
    bits(count) {
      if (count === 0) return 0;
      const value = window() >>> (32 - count);
      at += count;
      return value;
    },
    signed(count) {
      if (count === 0) return 0;
      const value = window() >> (32 - count);
      at += count;
      return value;
    },
    unary() {
      let zeros = 0;
      for (;;) {
        const leading = Math.clz32(window());
        if (leading < 32) {
          at += leading + 1;
          return zeros + leading;
        }
        at += 32;
        zeros += 32;
        if (at >= endBits) return zeros;
      }
    },
    align() {
      at = (at + 7) & ~7;
    },
    get position() {
      return at;
    },
  };
}
