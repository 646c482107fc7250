import { clockStart, dayOf, type RecordingInfo, type ReportIdentity } from '../../shared/domain';
import type { Words } from '../../shared/words';
import { ageText } from '../../shared/words/age';

const NOTHING: ReportIdentity = {
  name: null,
  number: null,
  person: null,
  askedBy: null,
  question: null,
  drugs: null,
};

/** Who was recorded, as the file says. */
export function fileIdentity({ patient }: RecordingInfo, words: Words): ReportIdentity {
  const { say } = words;
  const { name, id, sex, ageYears, birthDate } = patient;
  const born = birthDate === null ? '' : dayOf(clockStart(`${birthDate}T00:00:00`), 0, true, words);
  const person = [
    sex === null ? '' : say(`reportConclusion.sex_${sex}`),
    ageYears === null ? '' : ageText(ageYears, words),
    born === '' ? '' : say('reportConclusion.born', { day: born.replace(/^\S+ /, '') }),
  ].filter(Boolean);
  return { ...NOTHING, name, number: id, person: person.join(', ') || null };
}

/** The identity as the reader left it: what they wrote, and the file's where they wrote nothing. */
export function identityOf(
  info: RecordingInfo,
  written: ReportIdentity | null,
  words: Words,
): ReportIdentity {
  const file = fileIdentity(info, words);
  const merged: Record<string, string | null> = { ...file };
  for (const [field, value] of Object.entries(written ?? {})) {
    if (value !== null) merged[field] = value;
  }
  return { ...file, ...merged };
}
