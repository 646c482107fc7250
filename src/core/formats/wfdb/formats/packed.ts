import { format212 } from './packed212';
import type { SampleFormat } from './types';

/** Three 10-bit samples in two 16-bit words: two in bits 1-11, the third in the five top bits of both. */
const format310: SampleFormat = {
  code: 310,
  bits: 10,
  blockSamples: 3,
  blockBytes: 4,
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
