/** Decimals beyond which a table writes noise, and steps that an integer of 32 bits has room for. */
const MOST_DECIMALS = 6;
const MOST_STEPS = 2 ** 30;

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

/** Decimal fractions are not exact in binary. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));
}
