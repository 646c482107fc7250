import type { LeadRange } from './survey-leads';

export const LOWEST_16 = -32_768;
export const HIGHEST_16 = 32_767;

/** How integers become those of 16 bits: round((sample - offset) / divisor). */
export interface SixteenBits {
  readonly divisor: number;
  readonly offset: number;
}

/**
 * The integers themselves where 16 bits hold them, else spread over all that 16 bits hold.
 * @param keepLowest leave -32,768 free, which then may mean "missing"
 */
export function sixteenBits({ min, max }: LeadRange, keepLowest = false): SixteenBits {
  const lowest = LOWEST_16 + (keepLowest ? 1 : 0);
  if (min > max || (min >= lowest && max <= HIGHEST_16)) return { divisor: 1, offset: 0 };
  const divisor = Math.max(1, (max - min) / (HIGHEST_16 - lowest));
  return { divisor, offset: min - lowest * divisor };
}

export function toSixteenBits(sample: number, { divisor, offset }: SixteenBits): number {
  return Math.max(LOWEST_16, Math.min(HIGHEST_16, Math.round((sample - offset) / divisor)));
}
