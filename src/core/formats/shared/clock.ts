import type { Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';

export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  /** May have decimals. */
  readonly second: number;
}

/** Local wall-clock time as a file states it: no zone is implied. */
export interface Clock extends Day, TimeOfDay {}

/**
 * A clock moved by seconds, as `YYYY-MM-DDThh:mm:ss.sss`; what is finer than a millisecond is cut off.
 * @returns null for a day or a time that does not exist, or a year before 1800 or after 2200
 */
export function clockText(clock: Clock, shiftS = 0): string | null {
  const { year, month, day, hour, minute, second } = clock;
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  const exists =
    year >= 1800 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  // Negated, so that NaN is refused as well.
  if (!exists || !(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59)) return null;
  if (!(second >= 0 && second < 60) || !Number.isFinite(shiftS)) return null;
  // A billionth, because 0.7 s are 699.9999 ms in binary.
  const ms = Math.floor((hour * 3600 + minute * 60 + second + shiftS) * 1000 + 1e-6);
  const moved = new Date(midnight + ms);
  return Number.isNaN(moved.getTime()) ? null : moved.toISOString().slice(0, -1);
}

/**
 * The start of a recording, as `OpenRecording.startClock` has it: day and time, the time alone where the day is not
 * known or does not exist, null where the time does not make sense.
 */
export function startClockText(day: Day | null, time: TimeOfDay, shiftS = 0): string | null {
  const text = day && clockText({ ...day, ...time }, shiftS);
  if (text) return text;
  const onSomeDay = clockText({ year: 2000, month: 1, day: 2, ...time }, shiftS);
  return onSomeDay && onSomeDay.slice(onSomeDay.indexOf('T'));
}

/** What a file states of its start as it stands there, empty where it states nothing; the same twice where it is one text. */
export interface StatedStart {
  readonly date: string;
  readonly time: string;
}

/**
 * Says that a start was left out which the file states and nobody can read: a day that does not exist, words for a time. A
 * day without a time is none of these.
 */
export function clockWarnings(
  fileName: string,
  startClock: string | null,
  { date, time }: StatedStart,
): Warning[] {
  const [day, clock] = [date.trim(), time.trim()];
  const isLeft = startClock === null ? clock !== '' : startClock.startsWith('T') && day !== '';
  if (!isLeft) return [];
  const text = startClock !== null || day === clock ? day : `${day} ${clock}`.trim();
  const said = { file: fileName, text: JSON.stringify(text.slice(0, 40)) };
  return [warningSaid('bad-clock', 'warnings.badClock', said)];
}

/** `YYYY-MM-DD` of a day that exists, else null. */
export function dayText(year: number, month: number, day: number): string | null {
  return clockText({ year, month, day, hour: 0, minute: 0, second: 0 })?.slice(0, 10) ?? null;
}
