import type { Patient } from '../../../shared/domain';
import { ageInUnits } from '../../../shared/domain/age';
import { ageOn } from '../shared/age-on';

export interface NewSignal {
  readonly label: string;
  readonly transducer: string;
  readonly units: string;
  readonly physicalMin: string;
  readonly physicalMax: string;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly prefilter: string;
  readonly samplesPerRecord: number;
}

export interface NewHeader {
  readonly patient: Patient;
  /** Of the first data record without its onset: to the second; null where it is not known. */
  readonly startClock: string | null;
  readonly synthetic: boolean;
  readonly discontinuous: boolean;
  readonly records: number;
  readonly durationText: string;
  readonly signals: readonly NewSignal[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/** The header of an EDF+ file (edfplus.info/specs, section 2.1). */
export function encodeHeader(header: NewHeader): Buffer {
  const { signals, patient } = header;
  const clock = /^(?:(\d{4})-(\d\d)-(\d\d))?T(\d\d):(\d\d):(\d\d)/.exec(header.startClock ?? '');
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = clock ?? [];
  const date = year ? `${day}.${month}.${year.slice(2)}` : '01.01.85';
  const startDate = year ? longDay(`${year}-${month}-${day}`) : 'X';
  const fixed: [string, number][] = [
    ['0', 8],
    [patientField(patient, header.startClock), PATIENT_BYTES],
    [`Startdate ${startDate} X X ${header.synthetic ? 'Fiducial synthetic' : 'Fiducial'}`, 80],
    [date, 8],
    [`${hour}.${minute}.${second}`, 8],
    [String(256 * (signals.length + 1)), 8],
    [header.discontinuous ? 'EDF+D' : 'EDF+C', 44],
    [String(header.records), 8],
    [header.durationText, 8],
    [String(signals.length), 4],
  ];
  const fields: [(signal: NewSignal) => string, number][] = [
    [({ label }) => label, 16],
    [({ transducer }) => transducer, 80],
    [({ units }) => units, 8],
    [({ physicalMin }) => physicalMin, 8],
    [({ physicalMax }) => physicalMax, 8],
    [({ digitalMin }) => String(digitalMin), 8],
    [({ digitalMax }) => String(digitalMax), 8],
    [({ prefilter }) => prefilter, 80],
    [({ samplesPerRecord }) => String(samplesPerRecord), 8],
    [() => '', 32],
  ];
  const text = [
    ...fixed.map(([value, length]) => field(value, length)),
    ...fields.flatMap(([of, length]) => signals.map((signal) => field(of(signal), length))),
  ].join('');
  return Buffer.from(text, 'latin1');
}

/** Printable ASCII of one length: letters lose their accents, and what has no letter becomes `_`. */
function field(text: string, length: number): string {
  return plainLetters(text)
    .replace(/[^\x20-\x7e]/g, '_')
    .slice(0, length)
    .padEnd(length);
}

/** Letters that are no others with an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th' },
  ...{ ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ı: 'i', ħ: 'h', Ħ: 'H' },
};

function plainLetters(text: string): string {
  return text
    .replace(/[\u00b5\u03bc]/g, 'u')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, (letter) => LETTERS[letter] ?? letter);
}

/** Whether the field has no room or no letters for a part of who was recorded. */
export function losesIdentity(patient: Patient, startClock: string | null): boolean {
  const text = patientField(patient, startClock);
  return /[^\x20-\x7e]/.test(plainLetters(text)) || plainLetters(text).length > PATIENT_BYTES;
}

const PATIENT_BYTES = 80;

/** Code, sex, birth date and name, and the age where birth date and day do not tell the same: a subfield of our own. */
function patientField(
  { id, sex, birthDate, name, ageYears }: Patient,
  startClock: string | null,
): string {
  const fields = [subfield(id), sex ?? 'X', longDay(birthDate), subfield(name)];
  if (ageYears !== null && ageOn(birthDate, startClock) !== ageYears) {
    const { n, unit } = ageInUnits(ageYears);
    fields.push(`${AGE}${n}_${unit}`);
  }
  return fields.join(' ');
}

/** Begins the subfield of an age. */
export const AGE = 'age=';

/** A subfield: `_` for spaces, `X` for nothing. */
function subfield(text: string | null): string {
  return text?.trim().replace(/\s+/g, '_') || 'X';
}

/** `1951-05-02` as `02-MAY-1951`. */
function longDay(day: string | null): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '');
  return match ? `${match[3]}-${MONTHS[Number(match[2]) - 1]}-${match[1]}` : 'X';
}
