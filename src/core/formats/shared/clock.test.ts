import { expect, it } from 'vitest';
import { clockText, dayText, startClockText } from './clock';

const noon = { year: 2020, month: 1, day: 24, hour: 4, minute: 5, second: 56 };

it.each([
  [0, '2020-01-24T04:05:56.000'],
  [0.3945312, '2020-01-24T04:05:56.394'],
  [0.7, '2020-01-24T04:05:56.700'],
  [86_400 - 5, '2020-01-25T04:05:51.000'],
  [-6 * 3600, '2020-01-23T22:05:56.000'],
])('moves a clock by %s s', (shiftS, text) => {
  expect(clockText(noon, shiftS)).toBe(text);
});

it.each([
  { ...noon, month: 2, day: 30 },
  { ...noon, month: 0 },
  { ...noon, hour: 24 },
  { ...noon, minute: -1 },
  { ...noon, second: 60 },
  { ...noon, year: 199 },
  { ...noon, day: NaN },
])('gives nothing for a time that does not exist: %o', (clock) => {
  expect(clockText(clock)).toBeNull();
});

it('gives days', () => {
  expect(dayText(2000, 2, 29)).toBe('2000-02-29');
  expect(dayText(1900, 2, 29)).toBeNull();
});

it('gives the time alone where the day is not known', () => {
  const time = { hour: 23, minute: 59, second: 59.5 };
  expect(startClockText({ year: 2000, month: 2, day: 29 }, time, 1)).toBe(
    '2000-03-01T00:00:00.500',
  );
  expect(startClockText(null, time)).toBe('T23:59:59.500');
  expect(startClockText({ year: -9, month: -9, day: -9 }, time, 1)).toBe('T00:00:00.500');
  expect(startClockText(null, { ...time, hour: -9 })).toBeNull();
});
