import { clockText } from '../shared/clock';
import type { RowCells } from './cells';
import type { ClockColumn } from './layout';

const SECONDS_A_DAY = 86_400;

/** `h:mm:ss.sss`, `m:ss.sss`; a comma for the point as well. */
const TIME = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/;
const DATE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?:Z| ?[+-]\d{2}:?\d{2})?$/;

/** Seconds of a time of day or since a beginning, null for another text. */
export function secondsOfTime(text: string): number | null {
  const match = TIME.exec(text.replace(/^\[|\]$/g, '').trim());
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1] ?? '0', match[2]!, match[3]!.replace(',', '.')].map(
    Number,
  );
  return minutes! < 60 && seconds! < 60 ? hours! * 3600 + minutes! * 60 + seconds! : null;
}

/** A date with a time as `YYYY-MM-DDThh:mm:ss.sss`, its zone left out; null for another text. */
export function clockOfDate(text: string): string | null {
  const match = DATE.exec(text.trim());
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
