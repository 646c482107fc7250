import { expect, it } from 'vitest';
import { createBitReader } from './bit-reader';
import { decodeSubframe } from './subframe';

/** A subframe given as bits; spaces are for people. */
function decode(text: string, samples: number, bits: number): number[] | null {
  const digits = text.replaceAll(' ', '');
  const bytes = new Uint8Array(Math.ceil(digits.length / 8));
  [...digits].forEach((digit, k) => {
    if (digit === '1') bytes[k >> 3]! |= 0x80 >> (k & 7);
  });
  const values = decodeSubframe(createBitReader(bytes, 0), samples, bits);
  return values && [...values];
}
const head = (type: number): string => `0 ${type.toString(2).padStart(6, '0')} 0 `;
const FIXED_0 = 8;
const LPC_1 = 32;

it('takes residuals as they are behind an escape code, also none of no bits', () => {
  expect(decode(`${head(FIXED_0)} 00 0000 1111 00011 011 111 100`, 3, 8)).toEqual([3, -1, -4]);
  expect(decode(`${head(FIXED_0)} 00 0000 1111 00000`, 3, 8)).toEqual([0, 0, 0]);
});

it('reads parameters per partition', () => {
  // Two partitions of two: parameter 0 with 0, -1, then parameter 2 with 4, -3.
  const text = `${head(FIXED_0)} 00 0001  0000 1 01  0010 001 00 01 01`;
  expect(decode(text, 4, 8)).toEqual([0, -1, 4, -3]);
});

it('predicts with a shift that rounds down', () => {
  // One coefficient, 3 / 2^1, after -5: floor(-7.5) = -8 and a residual of 1.
  const text = `${head(LPC_1)} 11111011 0010 00001 011  00 0000 0000 001`;
  expect(decode(text, 2, 8)).toEqual([-5, -7]);
});

it('refuses what the format does not allow', () => {
  expect(decode(`1 000000 0 00000001`, 1, 8), 'a first bit that is set').toBeNull();
  expect(decode(`${head(2)} 00000001`, 1, 8), 'a reserved type').toBeNull();
  expect(decode(`${head(13)} 00000001`, 9, 8), 'a reserved predictor').toBeNull();
  expect(decode(`0 000000 1 00000001`, 1, 8), 'no bit that is not wasted').toBeNull();
  expect(decode(`${head(FIXED_0)} 10 0000 0000 1`, 1, 8), 'a reserved residual').toBeNull();
  expect(decode(`${head(FIXED_0)} 00 0001 0000 1`, 3, 8), 'an uneven partition').toBeNull();
  expect(decode(`${head(FIXED_0 + 4)} ${'0'.repeat(16)}`, 2, 8), 'too few samples').toBeNull();
  const lpc = `${head(LPC_1)} 00000001`;
  expect(decode(`${lpc} 1111 00000`, 2, 8), 'the invalid precision').toBeNull();
  expect(decode(`${lpc} 0010 10000 011`, 2, 8), 'a shift to the left').toBeNull();
});

it('ends where the bits end', () => {
  const reader = createBitReader(new Uint8Array(3), 0);
  reader.unary();
  expect(reader.position).toBeGreaterThanOrEqual(24);
  expect(decode(`${head(FIXED_0)} 00 0000 0000`, 60_000, 8)).toHaveLength(60_000);
});
