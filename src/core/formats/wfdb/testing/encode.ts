/**
 * Writes samples as signal(5) describes the formats, one bit at a time and without an eye on speed, so that tests
 * have an encoder that shares nothing with the decoders.
 */
export function encodeSamples(format: number, samples: readonly number[]): Uint8Array {
  switch (format) {
    case 8:
      return Uint8Array.from(samples, (value) => value & 0xff);
    case 16:
      return wide(samples, 2);
    case 24:
      return wide(samples, 3);
    case 32:
      return wide(samples, 4);
    case 61:
      return swapPairs(wide(samples, 2));
    case 80:
      return Uint8Array.from(samples, (value) => value + 128);
    case 160:
      return wide(
        samples.map((value) => value + 32768),
        2,
      );
    case 212:
      return blocks(samples, 2, 3, ([a, b]) => [
        ...place(a!, 12, (bit) => bit),
        ...place(b!, 12, (bit) => (bit < 8 ? 16 + bit : 12 + (bit - 8))),
      ]);
    case 310:
      return blocks(samples, 3, 4, ([a, b, c]) => [
        ...place(a!, 10, (bit) => 1 + bit),
        ...place(b!, 10, (bit) => 17 + bit),
        ...place(c!, 10, (bit) => (bit < 5 ? 11 + bit : 27 + bit - 5)),
      ]);
    case 311:
      return blocks(samples, 3, 4, ([a, b, c]) => [
        ...place(a!, 10, (bit) => bit),
        ...place(b!, 10, (bit) => 10 + bit),
        ...place(c!, 10, (bit) => 20 + bit),
      ]);
    default:
      throw new RangeError(`no test encoder for format ${format}`);
  }
}

function wide(samples: readonly number[], size: number): Uint8Array {
  return Uint8Array.from(samples.flatMap((value) => bytesOf(value, size)));
}

function bytesOf(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, k) => (value >> (8 * k)) & 0xff);
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, k) => bytes[k ^ 1]!);
}

/** Numbers of the bits of a block, least significant of byte 0 first, that a value sets. */
function place(value: number, bits: number, to: (bit: number) => number): number[] {
  return Array.from({ length: bits }, (_, bit) => bit)
    .filter((bit) => (value >> bit) & 1)
    .map(to);
}

function blocks(
  samples: readonly number[],
  perBlock: number,
  blockBytes: number,
  bitsOf: (block: number[]) => number[],
): Uint8Array {
  const count = Math.ceil(samples.length / perBlock);
  const bytes = new Uint8Array(count * blockBytes);
  for (let block = 0; block < count; block++) {
    const values = Array.from({ length: perBlock }, (_, k) => samples[block * perBlock + k] ?? 0);
    for (const bit of bitsOf(values)) bytes[block * blockBytes + (bit >> 3)]! |= 1 << (bit & 7);
  }
  return bytes;
}
