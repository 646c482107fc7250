import { describe, expect, it } from 'vitest';
import { openBytes, valuesOf } from '../shared/testing/open-bytes';
import { textFormat } from './index';

/** A table in mV at 250 Hz with lines put before some of its rows. */
function table(between: Readonly<Record<number, string>>, times: boolean, ...header: string[]) {
  const rows = Array.from({ length: 6000 }, (_, k) => {
    const value = (Math.round(900 * Math.sin(k / 9)) + (k % 3)) / 1000;
    const row = times ? `${(k / 250).toFixed(3)},${value}` : `${value},${-value}`;
    return between[k] === undefined ? row : `${between[k]}\n${row}`;
  });
  return [...header, times ? 'time (s),II (mV)' : 'II (mV),V1 (mV)', ...rows, ''].join('\n');
}
const stated = { samplingRateHz: 250 };

describe('lines among the rows of a table', () => {
  it.each([true, false])('that are comments are told of, with times: %s', async (times) => {
    const lines = { 0: '# first', 100: '# lead off', 5000: '  % again' };
    const recording = await openBytes(textFormat, table(lines, times), times ? {} : stated);
    expect(recording.leads[0]!.samples).toBe(6000);
    expect(recording.warnings).toMatchObject([{ code: 'comment-lines' }]);
    expect(recording.warnings[0]!.message).toMatch(/: 2, .* row 101 .*"# lead off"/);
    expect(recording.comments).toEqual(['first']);
  });

  it.each([
    ['II (mV),V1 (mV)', 1],
    ['"lead off"', 1],
    ['--- Pause ---', 1],
    ['nan,nan', 0],
    ['-,-', 0],
    [',', 0],
  ])('are no samples where they are words, which is said: %s', async (line, told) => {
    const recording = await openBytes(textFormat, table({ 3000: line }, false), stated);
    const values = await valuesOf(recording, 0);
    expect([values.length, values[3000]]).toEqual([6001, NaN]);
    expect(recording.warnings.map(({ code }) => code)).toEqual(told ? ['lines-of-words'] : []);
    if (told)
      expect(recording.warnings[0]!.message).toContain(`row 3001 of the samples ("${line}")`);
  });

  it.each([
    ['II (mV),V1 (mV)', 'lines-of-words', true],
    ['1.25', null, false],
    ['0.5,0.25,0.125', 'long-rows', true],
    ['1.2.3,#REF!', null, true],
  ])('opens where one of them lies in its beginning: %s', async (line, told, isMissing) => {
    for (const at of [200, 1490, 5900]) {
      const lines = table({ [at]: line }, false).split('\n');
      // Of a short table the line is among the last.
      const text = (at === 1490 ? lines.slice(0, 1502) : lines).join('\n');
      const recording = await openBytes(textFormat, text, stated);
      expect(recording.warnings.map(({ code }) => code)).toEqual(told ? [told] : []);
      const values = await valuesOf(recording, 0);
      expect([values.length, Number.isNaN(values[at]!)]).toEqual([
        at === 1490 ? 1501 : 6001,
        isMissing,
      ]);
      expect((await valuesOf(recording, 1))[at]).toBeNaN();
    }
  });

  it('takes an empty cell at the end of a row for none', async () => {
    const text = table({ 300: '0.5,0.25,' }, false);
    const recording = await openBytes(textFormat, text, stated);
    expect([(await valuesOf(recording, 1))[300], recording.warnings]).toEqual([0.25, []]);
  });

  it('keeps what lines before the names of the columns say', async () => {
    const head = ['# Device: Acme 3', 'Patient;17', '', '% ----'];
    const recording = await openBytes(textFormat, table({}, true, ...head));
    expect(recording.comments).toEqual(['Device: Acme 3', 'Patient;17']);
    expect(recording.warnings).toEqual([]);
  });
});
