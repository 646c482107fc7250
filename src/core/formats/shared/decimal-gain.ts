import { millivoltsPerUnit } from '../../../shared/domain';

/** Decimals beyond which a table writes noise. */
const MOST_DECIMALS = 6;
/** More than the finest converters have; the rest of 32 bits is room for values larger than those looked at. */
const MOST_STEPS = 2 ** 28;
/** Steps a mV at least, as finely as electrocardiographs store. */
const FEWEST_PER_MV = 1000;
/** A gain below this is of no converter, but that of values: 20 ADU/mV are steps of 50 uV. */
const FEWEST_OF_CONVERTERS = 20;

/**
 * ADU per unit for values that a file gives without integers behind them: the smallest power of ten that makes all of
 * them whole, so that a table with three decimals becomes integers without loss.
 * @param values some of the lead's values; NaN where missing
 * @returns 1 to 10^6, less where the values are too large for it
 */
export function decimalGain(values: Iterable<number>): number {
  let decimals = 0;
  let largest = 1;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    while (decimals < MOST_DECIMALS && !isWhole(value * 10 ** decimals)) decimals++;
  }
  while (decimals > 0 && largest * 10 ** decimals > MOST_STEPS) decimals--;
  return 10 ** decimals;
}

/**
 * ADU per unit of a lead whose numbers need not be whole: those that are keep the integers that they are. Zeros alone
 * tell nothing: they are of a lead whose electrode was not there yet.
 * @param numbers some of those in the file
 * @param gainPerUnit of these numbers per unit; 1 where they are values
 * @param units of the lead
 */
export function numbersGain(
  numbers: ArrayLike<number>,
  gainPerUnit: number,
  units: string,
): number {
  const told = Array.from(numbers).filter((number) => Number.isFinite(number) && number !== 0);
  const decimals = decimalGain(told);
  let gain = gainPerUnit * decimals;
  const mvPerUnit = millivoltsPerUnit(units);
  const isWhole = decimals === 1 && told.length > 0;
  if (isWhole || mvPerUnit === null || gain <= 0) return gain;
  if (gainPerUnit / mvPerUnit >= FEWEST_OF_CONVERTERS) return gain;
  while (gain / mvPerUnit < FEWEST_PER_MV) gain *= 10;
  return gain;
}

/** Decimal fractions are not exact in binary. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));
}

/** `count` places at most, spread over [0, length): what a file begins with is not what it holds. */
export function spread(length: number, count: number): number[] {
  const last = Math.min(count, length) - 1;
  if (last <= 0) return length > 0 ? [0] : [];
  return Array.from({ length: last + 1 }, (_, k) => Math.round((k * (length - 1)) / last));
}
