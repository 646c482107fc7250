import { wordsIn } from '../words';
import { expect, it } from 'vitest';
import { clockMarks, clockStart, dayOf, hourAndMinute, isMidnight, timeOfDay } from './clock';

const start = clockStart('2026-11-27T09:04:00.000');

it('reads date and time, time alone, and nothing', () => {
  expect(start.secondsS).toBe(9 * 3600 + 240);
  expect(clockStart('T14:03:20')).toEqual({ secondsS: 14 * 3600 + 200, day: null });
  expect(clockStart(null)).toEqual({ secondsS: null, day: null });
});

it('shows the time of day across midnight, and elapsed time where there is no clock', () => {
  expect(timeOfDay(start, 5698.1, 86_400, 1)).toBe('10:38:58.1');
  expect(timeOfDay(start, 14 * 3600 + 56 * 60, 86_400)).toBe('00:00:00');
  expect(hourAndMinute(start, 15 * 3600, 86_400)).toBe('00:04');
  expect(timeOfDay(clockStart(null), 65, 600)).toBe('01:05');
  expect(timeOfDay(clockStart(null), 65, 4000)).toBe('00:01:05');
});

it('never shows a time that has not come', () => {
  // 0.1 + 0.2 s and the like fall just short in binary.
  expect(timeOfDay(start, 1 - 1e-9, 600)).toBe('09:04:01');
  expect(timeOfDay(start, 0.9999, 600)).toBe('09:04:00');
});

it('names the day, the next one after midnight, and counts days without a date', () => {
  expect(dayOf(start, 0)).toBe('Fri 27 Nov');
  expect(dayOf(start, 86_000, true)).toBe('Sat 28 Nov 2026');
  expect(dayOf(clockStart('T23:00:00'), 7200)).toBe('day 2');
  expect(dayOf(clockStart('T23:00:00'), 60)).toBe('');
  expect(dayOf(clockStart(null), 60)).toBe('');
});

it('marks stand at whole hours of the clock', () => {
  expect(clockMarks(start, 0, 7200, 3600)).toEqual([56 * 60, 3600 + 56 * 60]);
  expect(isMidnight(start, 14 * 3600 + 56 * 60)).toBe(true);
  expect(isMidnight(start, 3600)).toBe(false);
});

it('times of the day come from both header forms', () => {
  expect(clockStart('1989-10-20T14:03:07.250').secondsS).toBe(50_587.25);
  expect(clockStart('T23:59:50').secondsS).toBe(86_390);
  expect(clockStart(null).secondsS).toBeNull();
});

it('names the halves of the day as the language does', () => {
  for (const [at, hour] of [
    ['T09:05:00', 9],
    ['T14:05:00', 14],
  ] as const) {
    const parts = new Intl.DateTimeFormat('es', {
      hour: 'numeric',
      hour12: true,
      timeZone: 'UTC',
    }).formatToParts(Date.UTC(2026, 0, 1, hour));
    const half = parts.find(({ type }) => type === 'dayPeriod')!.value;
    const start = clockStart(at, 12, wordsIn('es'));
    // Versions of ICU differ in the space between.
    const said = hourAndMinute(start, 0, 60).replaceAll(/\s/g, ' ');
    expect(said).toBe(`${hour % 12}:05 ${half.replaceAll(/\s/g, ' ')}`);
  }
});

it('writes the time of the day with twelve hours where that was chosen, and never a length', () => {
  const start = clockStart('2024-05-01T00:30:00', 12);
  const at = (timeS: number): string[] => [
    timeOfDay(start, timeS, 90_000, 1),
    hourAndMinute(start, timeS, 90_000),
  ];
  expect(at(0)).toEqual(['12:30:00.0 AM', '12:30 AM']);
  expect(at(12 * 3600)).toEqual(['12:30:00.0 PM', '12:30 PM']);
  expect(at(13 * 3600 + 9)).toEqual(['1:30:09.0 PM', '1:30 PM']);
  expect(timeOfDay(clockStart(null, 12), 3600, 7200)).toBe('01:00:00');
});
