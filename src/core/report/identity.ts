import { clockStart, dayOf, type RecordingInfo, type ReportIdentity } from '../../shared/domain';

const NOTHING: ReportIdentity = {
  name: null,
  number: null,
  person: null,
  askedBy: null,
  question: null,
  drugs: null,
};

/** Who was recorded, as the file says. */
export function fileIdentity({ patient }: RecordingInfo): ReportIdentity {
  const { name, id, sex, ageYears, birthDate } = patient;
  const born = birthDate === null ? '' : dayOf(clockStart(`${birthDate}T00:00:00`), 0, true);
  const person = [
    sex ?? '',
    ageYears === null ? '' : `${Math.round(ageYears)} y`,
    born === '' ? '' : `born ${born.replace(/^\w+ /, '')}`,
  ].filter(Boolean);
  return { ...NOTHING, name, number: id, person: person.join(', ') || null };
}

/** The identity as the reader left it: what they wrote, and the file's where they wrote nothing. */
export function identityOf(info: RecordingInfo, written: ReportIdentity | null): ReportIdentity {
  const file = fileIdentity(info);
  const merged: Record<string, string | null> = { ...file };
  for (const [field, value] of Object.entries(written ?? {})) {
    if (value !== null) merged[field] = value;
  }
  return { ...file, ...merged };
}
