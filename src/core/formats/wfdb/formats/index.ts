import { ALIGNED_FORMATS } from './aligned';
import { PACKED_FORMATS } from './packed';
import type { SampleFormat } from './types';

export type { SampleFormat } from './types';

const BY_CODE = new Map(
  [...ALIGNED_FORMATS, ...PACKED_FORMATS].map((format) => [format.code, format]),
);

/** Format 8 stores differences between samples. */
export const DIFFERENCES = 8;

/** FLAC streams of at most 8, 16 and 24 bits. */
const FLAC_BITS: Readonly<Record<number, number>> = { 508: 8, 516: 16, 524: 24 };

/** The layout of an uncompressed format, or null for FLAC and for codes that WFDB does not define. */
export function sampleFormat(code: number): SampleFormat | null {
  return BY_CODE.get(code) ?? null;
}

/** Bits per sample of a FLAC format, or null when the code is not one. */
export function flacBits(code: number): number | null {
  return FLAC_BITS[code] ?? null;
}

/** Format 0 is a signal without samples; it occurs in layout headers. */
export function isKnownFormat(code: number): boolean {
  return code === 0 || BY_CODE.has(code) || flacBits(code) !== null;
}

/** Bits of a decoded sample; 16 for format 0, as in the C library. */
export function sampleBits(code: number): number {
  return flacBits(code) ?? sampleFormat(code)?.bits ?? 16;
}

/** The code that means `missing` in a format: its most negative value (signal(5)). */
export function invalidCode(code: number): number {
  return -(2 ** (sampleBits(code) - 1));
}
