import type { DataSet } from 'dicom-parser';
import type { Patient } from '../../../shared/domain';
import { ageInYears } from '../shared/age';
import { ageOn } from '../shared/age-on';
import {
  dayText,
  startClockText,
  type Day,
  type StatedStart,
  type TimeOfDay,
} from '../shared/clock';
import { textOf } from './data-set';

/** The Patient and Patient Study modules (PS3.3, C.7.1.1 and C.7.2.2), as far as an ECG needs them. */
export function dicomPatient(
  dataSet: DataSet,
  charset: string,
  startClock: string | null,
): Patient {
  const born = dayOf(textOf(dataSet, 'x00100030', 'latin1'));
  const birthDate = born && dayText(born.year, born.month, born.day);
  const sex = textOf(dataSet, 'x00100040', 'latin1');
  const age = /^(\d{3})([DWMY])$/.exec(textOf(dataSet, 'x00101010', 'latin1') ?? '');
  return {
    name: personName(textOf(dataSet, 'x00100010', charset)),
    id: textOf(dataSet, 'x00100020', charset),
    birthDate,
    ageYears: age ? ageInYears(Number(age[1]), age[2]!) : ageOn(birthDate, startClock),
    sex: sex === 'F' || sex === 'M' ? sex : null,
  };
}

/** `Family^Given^Middle^Prefix^Suffix`, in up to three scripts divided by `=`, as people write it. */
function personName(text: string | null): string | null {
  const script = (text ?? '').split('=').find((part) => /[^^\s]/.test(part));
  if (script === undefined) return null;
  const [family, given, middle, prefix, suffix] = script.split('^');
  const parts = [prefix, given, middle, family, suffix].map((part) => part?.trim());
  return parts.filter(Boolean).join(' ');
}

/**
 * When the first sample was taken: Acquisition DateTime (0008,002A), else date and time of acquisition, else of the
 * content. A zone is left out, as the clock is the local one.
 * @param shiftS from that moment to the first sample
 */
export function dicomStartClock(dataSet: DataSet, shiftS: number): string | null {
  const whole = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)?/.exec(
    textOf(dataSet, 'x0008002a', 'latin1') ?? '',
  );
  const pairs: (readonly [string | null, string | null])[] = [
    [whole?.[1] ?? null, whole?.[2] ?? null],
    [textOf(dataSet, 'x00080022', 'latin1'), textOf(dataSet, 'x00080032', 'latin1')],
    [textOf(dataSet, 'x00080023', 'latin1'), textOf(dataSet, 'x00080033', 'latin1')],
  ];
  for (const [date, time] of pairs) {
    const clock = timeOf(time);
    const text = clock && startClockText(dayOf(date), clock, shiftS);
    if (text) return text;
  }
  return null;
}

/** What is stated where `dicomStartClock` looks first, the next where that is empty. */
export function dicomStatedStart(dataSet: DataSet): StatedStart {
  const text = (tag: string): string => textOf(dataSet, tag, 'latin1') ?? '';
  const pairs = [
    { date: text('x0008002a'), time: text('x0008002a') },
    { date: text('x00080022'), time: text('x00080032') },
    { date: text('x00080023'), time: text('x00080033') },
  ];
  return pairs.find(({ date, time }) => date + time !== '') ?? pairs[0]!;
}

/** `YYYYMMDD`, also with the points or dashes of old writers. */
function dayOf(text: string | null): Day | null {
  const match = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/.exec(text ?? '');
  if (!match) return null;
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

/** `HH[MM[SS[.FFFFFF]]]`, also with the colons of old writers. */
function timeOf(text: string | null): TimeOfDay | null {
  const match = /^(\d{2}):?(\d{2})?:?(\d{2}(?:\.\d{1,6})?)?$/.exec(text ?? '');
  if (!match) return null;
  const [hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return { hour: hour!, minute: minute!, second: second! };
}
