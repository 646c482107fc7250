import type { Patient } from '../../../shared/domain';

/** Years in one unit of age, by the unit's first letters. */
const YEARS: readonly (readonly [RegExp, number])[] = [
  [/^(y|yr|yrs|year|years|years? old|yo)$/, 1],
  [/^(mo|mos|mon|month|months)$/, 1 / 12],
  [/^(w|wk|wks|week|weeks)$/, 7 / 365.25],
  [/^(d|day|days)$/, 1 / 365.25],
];

/** `Age`, alone or as the patient's; `Gestational age` and `Maternal age` are ages of something else. */
const AGE =
  /(?:^|[\s<,;|(])(?:(patient|subject)(?:'s)?[\s_-]+)?age>?\s*(?:\(\s*(?:in\s+)?([a-z]+)\s*\))?\s*[:=]\s*(\d{1,3}(?:[.,]\d+)?)(?![\d/+]|\s*[-–]\s*\d)\s*([a-z]+(?:\s+old)?)?/gi;
/** What may stand before `age` on a line that holds several fields: the end of another field's value. */
const END_OF_FIELD = /(^|[:=]\s*[^\s:=]+|>\s*\S+|[,;|(<])\s*$/;

/**
 * Age and sex from header comments. Understands MIT-BIH's `69 M 1085 1629 x1`, PhysioNet's `<age>: 60 <sex>: F`,
 * `Age: 74`, `Age: 3 months`, `Age (months): 3` and `Sex: Female`; what it does not understand stays null.
 */
export function patientInComments(comments: readonly string[]): Patient {
  let ageYears: number | null = null;
  let sex: 'F' | 'M' | null = null;
  for (const comment of comments) {
    const mitbih = /^(\d{1,3})\s+([MF])(?:\s|$)/.exec(comment);
    const age = mitbih ? Number(mitbih[1]) : ageIn(comment);
    const letter =
      mitbih?.[2] ??
      /(?:^|[\s<])(?:sex|gender)>?\s*[:=]\s*(male|female|m|f)(?![a-z]|\s*[/|]\s*[a-z])/i.exec(
        comment,
      )?.[1];
    if (age !== null && age <= 130) ageYears ??= age;
    if (letter !== undefined) sex ??= letter[0]!.toUpperCase() === 'F' ? 'F' : 'M';
  }
  return { name: null, id: null, birthDate: null, ageYears, sex };
}

function ageIn(comment: string): number | null {
  for (const match of comment.matchAll(AGE)) {
    const before = comment.slice(0, match.index + (/^[\s<,;|(]/.test(match[0]) ? 1 : 0));
    if (!END_OF_FIELD.test(before)) continue;
    const unit = (match[2] ?? match[4])?.toLowerCase().trim();
    const years =
      unit === undefined ||
      /^(sex|gender|f|m|male|female|diagnos\w*|medic\w*|height|weight)\b/.test(unit)
        ? 1
        : YEARS.find(([spelling]) => spelling.test(unit))?.[1];
    if (years !== undefined) return Number(match[3]!.replace(',', '.')) * years;
  }
  return null;
}
