import type { Patient } from '../../../shared/domain';
import type { AppliedFilters } from '../open-recording';
import { ageInYears } from '../shared/age';
import { dayText, startClockText, type StatedStart } from '../shared/clock';
import { decodeText } from '../shared/decode-text';

/** Section 1: who was recorded, when, by what. */
export interface PatientSection {
  readonly patient: Partial<Patient>;
  readonly startClock: string | null;
  readonly statedStart: StatedStart;
  readonly filters: AppliedFilters;
  readonly comments: readonly string[];
}

const END = 255;

/** Units of age by their code; 0 is unspecified. */
const AGE_UNITS = ['', 'YEARS', 'MONTHS', 'WEEKS', 'DAYS', 'HOURS'];

/** Reads section 1 (EN 1064:2005, 5.4); a field that cannot be is unknown, as anonymisers leave text in numbers. */
export function patientSection(data: Buffer): PatientSection {
  const fields = fieldsOf(data);
  const text = (tag: number) => textOf(fields.get(tag));
  const names = [text(1), text(0)].filter((name) => name !== '');
  const birth = fields.get(5);
  const sex = fields.get(8)?.[0];
  const device = textOf(fields.get(14)?.subarray(8, 14));
  return {
    patient: {
      name: names.join(' ') || null,
      id: text(2) || null,
      birthDate:
        birth && birth.length >= 4 ? dayText(birth.readUInt16LE(0), birth[2]!, birth[3]!) : null,
      ageYears: ageOf(fields.get(4)),
      sex: sex === 1 ? 'M' : sex === 2 ? 'F' : null,
    },
    startClock: startOf(fields.get(25), fields.get(26)),
    statedStart: statedOf(fields.get(25), fields.get(26)),
    filters: filtersOf(fields),
    comments: device === '' ? [] : [`Device: ${device}`],
  };
}

/** Values by tag; the first of a tag counts. */
function fieldsOf(data: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 3 <= data.length && data[at] !== END;) {
    const tag = data[at]!;
    const end = at + 3 + data.readUInt16LE(at + 1);
    if (end > data.length) break;
    if (!fields.has(tag)) fields.set(tag, data.subarray(at + 3, end));
    at = end;
  }
  return fields;
}

/** Text up to its zero byte; the language code says Latin-1 in every file seen, also where it is UTF-8. */
function textOf(bytes: Buffer | undefined): string {
  if (!bytes) return '';
  const end = bytes.indexOf(0);
  return decodeText(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}

function ageOf(bytes: Buffer | undefined): number | null {
  const unit = AGE_UNITS[bytes?.[2] ?? 0];
  return bytes && bytes.length >= 3 && unit ? ageInYears(bytes.readUInt16LE(0), unit) : null;
}

function startOf(date: Buffer | undefined, time: Buffer | undefined): string | null {
  if (!time || time.length < 3) return null;
  const hasDay = date !== undefined && date.length >= 4;
  const start = startClockText(
    hasDay ? { year: date.readUInt16LE(0), month: date[2]!, day: date[3]! } : null,
    { hour: time[0]!, minute: time[1]!, second: time[2]! },
  );
  // Midnight of no day is what is left of somebody who is not to be known.
  return start?.startsWith('T') && !time.some(Boolean) ? null : start;
}

/** Bytes that are all 0 state nothing. */
function statedOf(date: Buffer | undefined, time: Buffer | undefined): StatedStart {
  const isStated = date?.some((byte) => byte !== 0) ?? false;
  const day = isStated && date!.length >= 4 ? [date!.readUInt16LE(0), date![2], date![3]] : [];
  return { date: day.join('-'), time: isStated ? [...(time ?? [])].join(':') : '' };
}

/** High-pass in hundredths of a hertz, low-pass in hertz, both 0 for none; bits of the notch: 60 Hz, then 50 Hz. */
function filtersOf(fields: ReadonlyMap<number, Buffer>): AppliedFilters {
  const number = (tag: number) => {
    const bytes = fields.get(tag);
    return bytes && bytes.length >= 2 ? bytes.readUInt16LE(0) : 0;
  };
  const bits = fields.get(29)?.[0] ?? 0;
  return {
    highPassHz: number(27) / 100 || null,
    lowPassHz: number(28) || null,
    notchHz: bits & 1 ? 60 : bits & 2 ? 50 : null,
  };
}
