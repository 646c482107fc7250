const DAYS_A_YEAR = 365.25;
/** Newborns are spoken of in days, to 27 of them, infants and toddlers in months, to 23 (ICH E11, 2000, section 2.5). */
const NEWBORN_DAYS = 28;
const INFANT_YEARS = 2;

/** An age in the unit in which one of that age is spoken of, in whole ones that are over. */
export interface AgeInUnits {
  readonly n: number;
  readonly unit: 'days' | 'months' | 'years';
}

/** @param ageYears 0 to 130, of a small child a fraction */
export function ageInUnits(ageYears: number): AgeInUnits {
  // What was stated in days or months is a hair beside a whole one after its division.
  const over = (value: number): number => Math.floor(value + 1e-6);
  const days = over(ageYears * DAYS_A_YEAR);
  if (days < NEWBORN_DAYS) return { n: days, unit: 'days' };
  if (ageYears < INFANT_YEARS) return { n: over(ageYears * 12), unit: 'months' };
  return { n: over(ageYears), unit: 'years' };
}
