import { describe, expect, it, vi } from 'vitest';
import { speak } from '.';
import {
  formatCount,
  formatDuration,
  formatLocalDateTime,
  formatLocalTime,
  formatMv,
  formatTime,
  parseTime,
  tellTimeBy,
} from './format';

describe('formatTime', () => {
  it('truncates instead of rounding into the next second', () => {
    expect(formatTime(59.999)).toBe('00:59');
    expect(formatTime(507.412, 3)).toBe('08:27.412');
  });
  it('adds hours from one hour on, or when asked', () => {
    expect(formatTime(3600)).toBe('01:00:00');
    expect(formatTime(5, 0, true)).toBe('00:00:05');
    expect(formatTime(-1)).toBe('00:00');
  });
});

describe('parseTime', () => {
  it('reads seconds, minutes and hours', () => {
    expect(parseTime('754')).toBe(754);
    expect(parseTime('12:34')).toBe(754);
    expect(parseTime(' 1:02:03,5 ')).toBe(3723.5);
  });
  it('reads the time of day and wraps at midnight', () => {
    expect(parseTime('@00:10', 86_340)).toBe(660);
    expect(parseTime('@12:00:30', 43_200)).toBe(30);
    expect(parseTime('@12:00', null)).toBeNull();
  });
  it.each(['', 'abc', '1:2:3:4', '-4', '1::2'])('refuses %j', (text) => {
    expect(parseTime(text)).toBeNull();
  });
});

it('writes a fraction of a second with the decimal mark of the language', () => {
  vi.stubGlobal('document', { documentElement: {} });
  speak('es');
  expect(formatTime(12.5, 1)).toBe('00:12,5');
  speak('en');
  expect(formatTime(12.5, 1)).toBe('00:12.5');
});

it('writes counts, lengths and voltages as a reader expects them', () => {
  expect(formatCount(2953)).toBe('2\u202f953');
  expect(formatCount(360)).toBe('360');
  expect(formatDuration(1805.6)).toBe('30 min 06 s');
  expect(formatDuration(86_400)).toBe('24 h 00 min');
  expect(formatMv(-0.421)).toBe('\u22120.42');
});

it('tells times of acts by the reader’s clock', () => {
  const atMs = new Date(2026, 10, 29, 14, 5, 9).getTime();
  expect(formatLocalDateTime(atMs)).toBe('2026-11-29 14:05:09');
  tellTimeBy(12);
  expect([formatLocalTime(atMs), formatLocalTime(atMs, false)]).toEqual(['2:05:09 PM', '2:05 PM']);
  expect(formatLocalDateTime(atMs, false)).toBe('2026-11-29 2:05 PM');
  tellTimeBy(24);
});
