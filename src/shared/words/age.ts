import { ageInUnits } from '../domain/age';
import type { Words } from '.';

/** `61 y`, `7 months`, `21 days`: the one way in which an age is written. */
export function ageText(ageYears: number, { say }: Words): string {
  const { n, unit } = ageInUnits(ageYears);
  return say(`record.age_${unit}`, { n });
}
