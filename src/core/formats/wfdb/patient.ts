import type { RecordingInfo } from '../../../shared/domain';

/**
 * Age and sex from header comments. Understands MIT-BIH's `69 M 1085 1629 x1`, PhysioNet's `<age>: 60 <sex>: F`
 * and `Age: 74`, `Sex: Female`; what it does not understand stays null.
 */
export function patientOf(comments: readonly string[]): RecordingInfo['patient'] {
  let ageYears: number | null = null;
  let sex: 'F' | 'M' | null = null;
  for (const comment of comments) {
    const mitbih = /^(\d{1,3})\s+([MF])(?:\s|$)/.exec(comment);
    const age =
      mitbih?.[1] ?? /(?:^|[\s<])age>?\s*[:=]\s*(\d{1,3}(?:\.\d+)?)(?![\d/])/i.exec(comment)?.[1];
    const letter =
      mitbih?.[2] ??
      /(?:^|[\s<])(?:sex|gender)>?\s*[:=]\s*(male|female|m|f)(?![a-z])/i.exec(comment)?.[1];
    if (age !== undefined && Number(age) <= 130) ageYears ??= Number(age);
    if (letter !== undefined) sex ??= letter[0]!.toUpperCase() === 'F' ? 'F' : 'M';
  }
  return { name: null, id: null, birthDate: null, ageYears, sex };
}
