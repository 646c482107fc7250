import type { Patient } from '../../../shared/domain';
import { ageInYears } from '../shared/age';
import { ageOn } from '../shared/age-on';
import { dayText, startClockText, type Day, type StatedStart } from '../shared/clock';
import { AGE } from './encode-header';
import type { EdfHeader } from './header';

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/** `02-MAY-1951` as EDF+ writes days; null for `X` and anything else. */
function edfPlusDay(text: string | undefined): Day | null {
  const match = /^(\d{1,2})-([A-Z]{3})-(\d{4})$/i.exec(text ?? '');
  const month = MONTHS.indexOf((match?.[2] ?? '').toUpperCase()) + 1;
  return match && month > 0 ? { year: Number(match[3]), month, day: Number(match[1]) } : null;
}

/** A subfield of EDF+: `_` stands for a space, `X` for nothing. */
function subfield(text: string | undefined): string | null {
  const value = (text ?? '').replace(/_/g, ' ').trim();
  return value === '' || value === 'X' ? null : value;
}

/**
 * The name and what stands after it: subfields of the writer's own, which EDF+ allows. A name with a space in it, as some
 * write, is told from these where it has no `_` for one and they no `=`.
 */
function nameAndMore([name = '', ...after]: readonly string[]): [name: string[], more: string[]] {
  const own = after.findIndex((text) => text.includes('='));
  const words = name.includes('_') || name === 'X' ? 0 : own < 0 ? after.length : own;
  return [[name, ...after.slice(0, words)], after.slice(words)];
}

/** What the patient field says besides who was recorded. */
export function patientComments({ patientField }: EdfHeader): string[] {
  const [, sex = '', birth, ...rest] = patientField.split(/\s+/);
  const own = isSubfields(sex, birth) ? nameAndMore(rest)[1] : [];
  const more = subfield(own.filter((text) => ageOf(text) === null).join(' '));
  return more === null ? [] : [`Patient: ${more}`];
}

/** The age of a subfield that states one, as `encodeHeader` writes it. */
function ageOf(text: string): number | null {
  const stated = text.startsWith(AGE)
    ? /^(\d+(?:\.\d+)?)_?([a-z]*)$/i.exec(text.slice(AGE.length))
    : null;
  const years = stated && ageInYears(Number(stated[1]), stated[2]!);
  return years !== null && years <= 130 ? years : null;
}

function isSubfields(sex: string, birth: string | undefined): boolean {
  return /^[MFX]$/i.test(sex) && (birth === 'X' || edfPlusDay(birth) !== null);
}

/**
 * Who was recorded. EDF+ has code, sex, birth date and name in this order (section 2.1.3.3), which some writers of
 * plain EDF follow too; other text is given as the name, as it is what identifies.
 */
export function edfPatient(header: EdfHeader, startClock: string | null): Patient {
  const [code, sex = '', birth, ...rest] = header.patientField.split(/\s+/);
  if (!isSubfields(sex, birth)) {
    const text = subfield(header.patientField);
    return { name: text, id: null, birthDate: null, ageYears: null, sex: null };
  }
  const born = edfPlusDay(birth);
  const birthDate = born ? dayText(born.year, born.month, born.day) : null;
  const letter = sex.toUpperCase();
  const [name, own] = nameAndMore(rest);
  return {
    name: subfield(name.join(' ')),
    id: subfield(code),
    birthDate,
    ageYears: own.map(ageOf).find((age) => age !== null) ?? ageOn(birthDate, startClock),
    sex: letter === 'F' || letter === 'M' ? letter : null,
  };
}

/** What the recording field says besides its date: administration, technician and equipment (section 2.1.3.4). */
export function recordingComments({ recordingField }: EdfHeader): string[] {
  const [word, day, ...subfields] = recordingField.split(/\s+/);
  const dated = /^startdate$/i.test(word ?? '') && (day === 'X' || edfPlusDay(day) !== null);
  if (!dated) return recordingField === '' ? [] : [`Recording: ${recordingField}`];
  const titles = ['Administration code', 'Technician', 'Equipment'];
  const comments = titles.flatMap((title, k) => {
    const value = subfield(subfields[k]);
    return value === null ? [] : [`${title}: ${value}`];
  });
  const rest = subfield(subfields.slice(titles.length).join(' '));
  return rest === null ? comments : [...comments, `Recording: ${rest}`];
}

/**
 * Start of the first data record.
 * @param onsetS of the first data record after the header's start time
 * @returns null where the header's time makes no sense; a time alone where only the date does not
 */
export function edfStartClock(header: EdfHeader, onsetS: number): string | null {
  const time = /^(\d{1,2})[.:](\d{1,2})[.:](\d{1,2})$/.exec(header.timeField);
  if (!time) return null;
  // What stands there where the start is not known (section 2.1.3.1).
  if (unknownDay(header) && header.timeField === '00.00.00') return null;
  const [hour, minute, second] = time.slice(1).map(Number) as [number, number, number];
  return startClockText(startDay(header), { hour, minute, second }, onsetS);
}

/** What the file states of its start; empty where it says that it does not know. */
export function edfStatedStart(header: EdfHeader): StatedStart {
  return unknownDay(header)
    ? { date: '', time: header.timeField === '00.00.00' ? '' : header.timeField }
    : { date: header.dateField, time: header.timeField };
}

/** Whether the file says that it does not know its day: `Startdate X` with the day that stands in for it. */
function unknownDay({ recordingField, dateField }: EdfHeader): boolean {
  return /^startdate\s+X(\s|$)/i.test(recordingField) && dateField === '01.01.85';
}

/** The day of the recording field where it states one with four digits of the year, else the date field. */
function startDay(header: EdfHeader): Day | null {
  if (unknownDay(header)) return null;
  const plusDay = /^startdate\s+(\S+)/i.exec(header.recordingField);
  const stated = edfPlusDay(plusDay?.[1]);
  const short = /^(\d{1,2})[./-](\d{1,2})[./-](\d{1,2}|yy)$/i.exec(header.dateField);
  if (!short) return stated;
  const [day, month, year] = short.slice(1).map(Number) as [number, number, number];
  const agrees = stated?.day === day && stated.month === month;
  if (stated && (agrees || Number.isNaN(year))) return stated;
  // Years 85 to 99 are of the twentieth century (EDF+ 2.1.3.2).
  return Number.isNaN(year) ? null : { year: year >= 85 ? 1900 + year : 2000 + year, month, day };
}
