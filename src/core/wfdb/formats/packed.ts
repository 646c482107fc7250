import type { SampleFormat } from './types';

/** Two 12-bit samples in three bytes. */
const format212: SampleFormat = {
  code: 212,
  bits: 12,
  blockSamples: 2,
  blockBytes: 3,
  invalid: -2048,
  samplesInPartialBlock: (bytes) => (bytes === 2 ? 1 : 0),
  decode(bytes, first, step, count, out, outStart, outStep) {
    if (step % 2 === 0) {
      // All wanted samples sit at the same place of their blocks: the usual two-lead record.
      const byteStep = (step / 2) * 3;
      const odd = first % 2;
      const toTopNibble = odd ? 24 : 28;
      let low = Math.floor(first / 2) * 3 + odd * 2;
      let middle = Math.floor(first / 2) * 3 + 1;
      for (let k = 0, at = outStart; k < count; k++, at += outStep) {
        // From the top nibble the arithmetic shift carries the sign down.
        out[at] = (((bytes[middle]! << toTopNibble) & 0xf0000000) >> 20) | bytes[low]!;
        low += byteStep;
        middle += byteStep;
      }
      return;
    }
    for (let k = 0, index = first; k < count; k++, index += step) {
      const block = (index >> 1) * 3;
      const value =
        index & 1
          ? bytes[block + 2]! | ((bytes[block + 1]! & 0xf0) << 4)
          : bytes[block]! | ((bytes[block + 1]! & 0x0f) << 8);
      out[outStart + k * outStep] = (value << 20) >> 20;
    }
  },
};

/** Three 10-bit samples in two 16-bit words: two in bits 1-11, the third in the five top bits of both. */
const format310: SampleFormat = {
  code: 310,
  bits: 10,
  blockSamples: 3,
  blockBytes: 4,
  invalid: -512,
  samplesInPartialBlock: (bytes) => (bytes >= 2 ? 1 : 0),
  decode(bytes, first, step, count, out, outStart, outStep) {
    for (let k = 0, index = first; k < count; k++, index += step) {
      const block = Math.floor(index / 3);
      const place = index - block * 3;
      const from = block * 4;
      const value =
        place === 0
          ? (bytes[from]! >> 1) | ((bytes[from + 1]! & 7) << 7)
          : place === 1
            ? (bytes[from + 2]! >> 1) | ((bytes[from + 3]! & 7) << 7)
            : (bytes[from + 1]! >> 3) | ((bytes[from + 3]! >> 3) << 5);
      out[outStart + k * outStep] = (value << 22) >> 22;
    }
  },
};

/** Three 10-bit samples in the low 30 bits of a 32-bit word. */
const format311: SampleFormat = {
  code: 311,
  bits: 10,
  blockSamples: 3,
  blockBytes: 4,
  invalid: -512,
  samplesInPartialBlock: (bytes) => Math.max(0, bytes - 1),
  decode(bytes, first, step, count, out, outStart, outStep) {
    for (let k = 0, index = first; k < count; k++, index += step) {
      const block = Math.floor(index / 3);
      const place = index - block * 3;
      const from = block * 4;
      const value =
        place === 0
          ? bytes[from]! | ((bytes[from + 1]! & 0x03) << 8)
          : place === 1
            ? (bytes[from + 1]! >> 2) | ((bytes[from + 2]! & 0x0f) << 6)
            : (bytes[from + 2]! >> 4) | ((bytes[from + 3]! & 0x3f) << 4);
      out[outStart + k * outStep] = (value << 22) >> 22;
    }
  },
};

/** Formats in which samples share bytes: 212 310 311. */
export const PACKED_FORMATS: readonly SampleFormat[] = [format212, format310, format311];
