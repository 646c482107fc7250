import { clockText, type Day } from '../shared/clock';
import type { RowCells } from './cells';
import type { ClockColumn } from './layout';

const SECONDS_A_DAY = 86_400;

/** `h:mm:ss.sss`, `m:ss.sss`; a comma for the point as well, and the clock of twelve hours. */
const TIME = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)(?:\s*([ap])\.?m\.?)?$/i;
/** A day before a time of which nobody knows whether `5/2/2024` is in February or in May. */
const UNSURE_DAY = /^\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})[, ]\s*/;
const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?:Z| ?[+-]\d{2}:?\d{2})?$/;
/** `30.11.2026 12:00:00.004`: with points the day comes first. */
const EUROPEAN_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})[ T](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)$/;

/** Seconds of a time of day or since a beginning, null for another text. */
export function secondsOfTime(text: string): number | null {
  const bare = text.replace(/^\[|\]$/g, '').trim();
  const match = TIME.exec(bare.replace(UNSURE_DAY, ''));
  if (!match) return null;
  const [given, minutes, seconds] = [match[1] ?? '0', match[2]!, match[3]!.replace(',', '.')].map(
    Number,
  );
  const half = match[4]?.toLowerCase();
  if (half && (match[1] === undefined || given! < 1 || given! > 12)) return null;
  const hours = half ? (given! % 12) + (half === 'p' ? 12 : 0) : given!;
  return minutes! < 60 && seconds! < 60 ? hours * 3600 + minutes! * 60 + seconds! : null;
}

/** What a time of day says of its day; null for a time that may be one since a beginning. */
export interface DayOfTime {
  /** Null where there is none, or none that can be told. */
  readonly day: Day | null;
  /** A date that may be read in two ways, empty where there is none. */
  readonly unsure: string;
}

/** @param text a time that `secondsOfTime` understands */
export function dayOfTime(text: string): DayOfTime | null {
  const date = UNSURE_DAY.exec(text.trim())?.[0].replace(/[, ]+$/, '');
  if (date === undefined)
    return /[ap]\.?m\.?$/i.test(text.trim()) ? { day: null, unsure: '' } : null;
  const [first, second, year] = date.split(/[/-]/).map(Number);
  // A thirteenth month tells the order.
  if (year! >= 1800 && first! > 12)
    return { day: { year: year!, month: second!, day: first! }, unsure: '' };
  if (year! >= 1800 && second! > 12)
    return { day: { year: year!, month: first!, day: second! }, unsure: '' };
  return { day: null, unsure: date };
}

/** A date with a time as `YYYY-MM-DDThh:mm:ss.sss`, its zone left out; null for another text. */
export function clockOfDate(text: string): string | null {
  const european = EUROPEAN_DATE.exec(text.trim());
  const [, ownDay, ownMonth, ownYear, ownTime] = european ?? [];
  const match = DATE.exec(european ? `${ownYear}-${ownMonth}-${ownDay} ${ownTime}` : text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((part) => Number((part ?? '0').replace(',', '.')));
  return clockText({
    year: year!,
    month: month!,
    day: day!,
    hour: hour!,
    minute: minute!,
    second: second!,
  });
}

/** Seconds that a row's clock shows, from any beginning; NaN where it shows none. */
export function rowSeconds(
  bytes: Uint8Array,
  cells: RowCells,
  { column, kind, perSecond }: ClockColumn,
  decimal: number,
): number {
  if (kind === 'number') return cells.number(bytes, column, decimal) / perSecond;
  const text = cells.text(bytes, column);
  if (kind === 'time') return secondsOfTime(text) ?? NaN;
  const clock = clockOfDate(text);
  return clock === null ? NaN : Date.parse(`${clock}Z`) / 1000;
}

/** Seconds from one row to a later one: a time of day begins again at midnight. */
export function secondsFrom(before: number, after: number, { kind }: ClockColumn): number {
  const difference = after - before;
  return kind === 'time' && difference < -SECONDS_A_DAY / 2
    ? difference + SECONDS_A_DAY
    : difference;
}
