/** Codes have 10 bits, the most significant first; those below 256 are bytes. */
const BITS = 10;
const FIRST_FREE = 256;
/** The last code that is ever given out (sierra-ecg-tools' description of XLI). */
const LAST = 2 ** BITS - 2;

/**
 * Unpacks Lempel-Ziv-Welch with fixed 10-bit codes and no code that clears the table.
 * @param maxBytes where to stop: a damaged stream may unpack to much more than it should
 * @returns the bytes up to the first code that has no meaning
 */
export function unpackLzw(packed: Uint8Array, maxBytes: number): Uint8Array {
  const out = new Uint8Array(maxBytes);
  // An entry is a stretch of the output: where it begins and how long it is.
  const starts = new Int32Array(LAST + 1);
  const lengths = new Int32Array(LAST + 1);
  let free = FIRST_FREE;
  let written = 0;
  let before: { start: number; length: number } | null = null;
  const codes = Math.floor((packed.length * 8) / BITS);
  for (let k = 0; k < codes && written < maxBytes; k++) {
    const code = codeAt(packed, k * BITS);
    const start = written;
    if (code < FIRST_FREE) out[written++] = code;
    else {
      // The one code that is used while it is being made: the entry before with its own first byte.
      const isNew = code === free && before !== null && free <= LAST;
      if (code >= free && !isNew) break;
      const from = isNew ? before!.start : starts[code]!;
      const length = isNew ? before!.length + 1 : lengths[code]!;
      for (let byte = 0; byte < length && written < maxBytes; byte++) {
        // Of the new entry the last byte is the first one, which has just been written.
        const source = isNew && byte === length - 1 ? start : from + byte;
        out[written++] = out[source]!;
      }
    }
    if (before && free <= LAST) {
      starts[free] = before.start;
      lengths[free] = before.length + 1;
      free++;
    }
    before = { start, length: written - start };
  }
  return out.slice(0, written);
}

function codeAt(bytes: Uint8Array, bit: number): number {
  const byte = bit >> 3;
  const three = (bytes[byte]! << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
  return (three >> (24 - BITS - (bit & 7))) & (2 ** BITS - 1);
}
