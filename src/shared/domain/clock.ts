import { english, type Words } from '../words';
import { formatTime } from './number-text';

const DAY_S = 86_400;

/** Times of the day as `14:05`, or as `2:05 PM`, the halves of the day in the words' language. */
export type ClockHours = 12 | 24;

/** When the first sample was taken, as far as the file says. */
export interface ClockStart {
  /** Seconds after midnight, or null. */
  readonly secondsS: number | null;
  /** Days since 1970-01-01, or null where only the time is known. */
  readonly day: number | null;
  /** 12: times of the day are written as `2:05 PM`. */
  readonly hours?: ClockHours;
  /** In which the halves of the day are named; English without. */
  readonly words?: Words;
}

/** Reads `YYYY-MM-DDThh:mm:ss.sss` or `Thh:mm:ss`, or null. */
export function clockStart(
  startClock: string | null,
  hours?: ClockHours,
  words?: Words,
): ClockStart {
  const match = /^(\d{4}-\d{2}-\d{2})?T(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)/.exec(startClock ?? '');
  if (!match) return { secondsS: null, day: null };
  const [, date, h, m, s] = match;
  const ms = date ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return {
    secondsS: Number(h) * 3600 + Number(m) * 60 + Number(s),
    day: Number.isNaN(ms) ? null : ms / (DAY_S * 1000),
    ...(hours === undefined ? {} : { hours }),
    ...(words === undefined ? {} : { words }),
  };
}

/** `hh:mm:ss` of the day where the start is known, else the time since the start; `decimals` adds a fraction. */
export function timeOfDay(
  start: ClockStart,
  timeS: number,
  durationS: number,
  decimals = 0,
): string {
  if (start.secondsS === null) return formatTime(timeS, decimals, durationS >= 3600);
  // Whole units before the day is taken off, so that no fraction is rounded into another second.
  const scale = 10 ** decimals;
  const units = Math.floor((start.secondsS + timeS) * scale + 1e-6);
  return inHours(formatTime((units / scale) % DAY_S, decimals, true), start);
}

/** `14:05:09` as `2:05:09 PM` where the clock has twelve hours. */
export function inHours(
  time: string,
  { hours = 24, words = english }: Pick<ClockStart, 'hours' | 'words'>,
): string {
  if (hours === 24) return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)} ${words.say(hour < 12 ? 'calendar.am' : 'calendar.pm')}`;
}

/** `hh:mm`, for hours and axes. */
export function hourAndMinute(start: ClockStart, timeS: number, durationS: number): string {
  if (start.secondsS === null)
    return durationS >= 3600 ? formatTime(timeS, 0, true).slice(0, 5) : formatTime(timeS);
  const time = formatTime((start.secondsS + timeS + 1e-6) % DAY_S, 0, true).slice(0, 5);
  return inHours(time, start);
}

/** `Fri 27 Nov`, with the year on wish; the days since the start where no date is known; empty without a clock. */
export function dayOf(
  start: ClockStart,
  timeS: number,
  withYear = false,
  { say }: Words = english,
): string {
  if (start.secondsS === null) return '';
  const after = Math.floor((start.secondsS + timeS + 1e-6) / DAY_S);
  if (start.day === null) return after === 0 ? '' : say('calendar.nth', { n: after + 1 });
  const date = new Date((start.day + after) * DAY_S * 1000);
  const year = withYear ? ` ${date.getUTCFullYear()}` : '';
  const day = say('calendar.days').split(' ')[date.getUTCDay()];
  const month = say('calendar.months').split(' ')[date.getUTCMonth()];
  return `${day} ${date.getUTCDate()} ${month}${year}`;
}

/** Times between two times at which the clock shows a multiple of `stepS`. */
export function clockMarks(
  start: ClockStart,
  fromS: number,
  toS: number,
  stepS: number,
): readonly number[] {
  const offsetS = start.secondsS ?? 0;
  const marks: number[] = [];
  for (let i = Math.ceil((fromS + offsetS) / stepS - 1e-9); i * stepS - offsetS <= toS; i++)
    marks.push(i * stepS - offsetS);
  return marks;
}

/** Whether a new day begins at a time. */
export function isMidnight(start: ClockStart, timeS: number): boolean {
  if (start.secondsS === null) return false;
  const ofDayS = (start.secondsS + timeS) % DAY_S;
  return Math.min(ofDayS, DAY_S - ofDayS) < 0.5 && timeS > 0;
}
