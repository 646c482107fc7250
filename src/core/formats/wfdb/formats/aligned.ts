import type { Decode, SampleFormat } from './types';

/** Formats in which every sample fills whole bytes: 8 16 24 32 61 80 160. */
export const ALIGNED_FORMATS: readonly SampleFormat[] = [
  // Format 8 stores first differences. These are decoded here; difference-file.ts sums them up.
  aligned(8, 32, 1, (bytes, first, step, count, out, at, outStep) => {
    for (let k = 0; k < count; k++) out[at + k * outStep] = (bytes[first + k * step]! << 24) >> 24;
  }),
  aligned(16, 16, 2, (bytes, first, step, count, out, at, outStep) => {
    let from = first * 2;
    for (let k = 0; k < count; k++, from += step * 2) {
      out[at + k * outStep] = ((bytes[from]! | (bytes[from + 1]! << 8)) << 16) >> 16;
    }
  }),
  aligned(24, 24, 3, (bytes, first, step, count, out, at, outStep) => {
    let from = first * 3;
    for (let k = 0; k < count; k++, from += step * 3) {
      const value = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16);
      out[at + k * outStep] = (value << 8) >> 8;
    }
  }),
  aligned(32, 32, 4, (bytes, first, step, count, out, at, outStep) => {
    let from = first * 4;
    for (let k = 0; k < count; k++, from += step * 4) {
      out[at + k * outStep] =
        bytes[from]! |
        (bytes[from + 1]! << 8) |
        (bytes[from + 2]! << 16) |
        (bytes[from + 3]! << 24);
    }
  }),
  // 16 bits, most significant byte first.
  aligned(61, 16, 2, (bytes, first, step, count, out, at, outStep) => {
    let from = first * 2;
    for (let k = 0; k < count; k++, from += step * 2) {
      out[at + k * outStep] = ((bytes[from + 1]! | (bytes[from]! << 8)) << 16) >> 16;
    }
  }),
  // Offset binary: 128 means 0.
  aligned(80, 8, 1, (bytes, first, step, count, out, at, outStep) => {
    for (let k = 0; k < count; k++) out[at + k * outStep] = bytes[first + k * step]! - 128;
  }),
  // Offset binary: 32768 means 0.
  aligned(160, 16, 2, (bytes, first, step, count, out, at, outStep) => {
    let from = first * 2;
    for (let k = 0; k < count; k++, from += step * 2) {
      out[at + k * outStep] = (bytes[from]! | (bytes[from + 1]! << 8)) - 32768;
    }
  }),
];

function aligned(code: number, bits: number, blockBytes: number, decode: Decode): SampleFormat {
  return {
    code,
    bits,
    blockSamples: 1,
    blockBytes,
    samplesInPartialBlock: () => 0,
    decode,
  };
}
