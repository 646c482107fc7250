import {
  clockStart,
  dayOf,
  formatDuration,
  hourAndMinute,
  inHours,
  timeOfDay,
  type ClockHours,
  type ClockStart,
  type RecordingInfo,
} from '../../shared/domain';
import type { Words } from '../../shared/words';

/** How a report writes times: by the clock where the start is known and may be told, else from the start. */
export interface ReportTimes {
  readonly start: ClockStart;
  /** `10:58:20`, or `12:34` from the start. */
  second(timeS: number): string;
  /** `10:58`; to the second where no clock is known and the recording is short. */
  minute(timeS: number): string;
  /** `at 10:58`, said otherwise of the clock than of the time from the start. */
  atMinute(timeS: number): string;
  /** `Fri 27 Nov 10:58:20`. */
  dayAndSecond(timeS: number): string;
}

/** @param startClock null also where the identity is left out
 * @param hours of the clock */
export function reportTimes(
  startClock: string | null,
  durationS: number,
  words: Words,
  hours: ClockHours,
): ReportTimes {
  const start = clockStart(startClock, hours, words);
  const second = (timeS: number): string => timeOfDay(start, timeS, durationS);
  const minute = (timeS: number): string => hourAndMinute(start, timeS, durationS);
  return {
    start,
    second,
    minute,
    atMinute: (timeS) =>
      words.say(
        start.secondsS === null ? 'reportConclusion.atElapsed' : 'reportConclusion.atClock',
        { time: minute(timeS) },
      ),
    dayAndSecond: (timeS) =>
      [dayOf(start, timeS, false, words), second(timeS)].filter(Boolean).join(' '),
  };
}

/** The times of a report that is written. */
export function timesOf(
  { recording, clockHours }: { readonly recording: RecordingInfo; readonly clockHours: ClockHours },
  { identity }: { readonly identity: boolean },
  words: Words,
): ReportTimes {
  const { startClock, durationS } = recording;
  return reportTimes(identity ? startClock : null, durationS, words, clockHours);
}

/** Length of something found: `3.77 s`, `6 min 18 s`. */
export function lengthText(seconds: number, words: Words): string {
  return seconds < 10 ? `${words.number(seconds, 1)} s` : formatDuration(seconds);
}

/** Epoch milliseconds as the place of the reader reads them: `Sat 28 Nov 2026, 14:12`. */
export function momentText(atMs: number, words: Words, hours: ClockHours): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return `${dayOf(clockStart(`${day}T${time}:00`), 0, true, words)}, ${inHours(time, { hours, words })}`;
}
