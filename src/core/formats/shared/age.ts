/** How many of a unit of age are a year, by its first letter: years, months, weeks, days, hours. */
const PER_YEAR: Readonly<Record<string, number>> = {
  Y: 1,
  M: 12,
  W: 365.25 / 7,
  D: 365.25,
  H: 365.25 * 24,
};

/**
 * An age in years, which of a small child is a fraction.
 * @param unit a word such as `YEARS`, `Month` or `D`; empty means years
 * @returns null without a value, or in a unit of no age
 */
export function ageInYears(value: number | null, unit: string): number | null {
  const perYear = PER_YEAR[unit.trim().charAt(0).toUpperCase() || 'Y'];
  return value === null || perYear === undefined || value < 0 ? null : value / perYear;
}
