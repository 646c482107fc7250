import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stripRows } from './strip-rows';

const WIDTH_MM = 177;
const beats = (everyS: number, untilS: number): Float64Array =>
  Float64Array.from({ length: Math.floor(untilS / everyS) }, (_, i) => (i + 1) * everyS);

it('shows a pause with the beats on either side of it, however long it is', () => {
  const beatsS = Float64Array.from([8, 9, 10, 13.77, 14.7]);
  const { sweepMmPerS, rows } = stripRows({ startS: 10, endS: 13.77 }, beatsS, 1800, WIDTH_MM);
  expect(sweepMmPerS).toBe(25);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.startS).toBeLessThan(9);
  expect(rows[0]!.endS).toBeGreaterThan(14.7);
  // In the middle.
  expect((rows[0]!.startS + rows[0]!.endS) / 2).toBeCloseTo((9 + 14.7) / 2);
});

it('slows the paper down before it cuts, and says what lies between start and end', () => {
  const beatsS = beats(1, 1800);
  expect(stripRows({ startS: 100, endS: 108 }, beatsS, 1800, WIDTH_MM)).toMatchObject({
    sweepMmPerS: 12.5,
    leftOutS: 0,
  });
  const long = stripRows({ startS: 100, endS: 130 }, beatsS, 1800, WIDTH_MM);
  expect(long.rows).toHaveLength(3);
  expect(long.leftOutS).toBe(0);
  const episode = stripRows({ startS: 100, endS: 478 }, beatsS, 1800, WIDTH_MM);
  expect(episode.rows).toHaveLength(2);
  const shownS = episode.rows.reduce((sum, row) => sum + row.endS - row.startS, 0);
  expect(shownS + episode.leftOutS).toBeCloseTo(380 + 2 * 0.35);
});

it('gives up the beats beside an event before it gives a second row to nothing but them', () => {
  // 177 mm are 14.16 s at 12.5 mm/s.
  const beatsS = Float64Array.from([98.6, 100, 106, 113.3, 114.4]);
  const { sweepMmPerS, rows } = stripRows({ startS: 100, endS: 113.3 }, beatsS, 1800, WIDTH_MM);
  expect(sweepMmPerS).toBe(12.5);
  expect(rows).toHaveLength(1);
  expect(rows[0]!.startS).toBeLessThan(100 - 0.35);
  expect(rows[0]!.endS).toBeGreaterThan(113.3 + 0.35);
});

it('never cuts what it shows in rows, and never leaves the recording', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 90, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
      (startS, lengthS, everyS) => {
        const durationS = 100;
        const endS = Math.min(durationS, startS + lengthS);
        const { rows, leftOutS } = stripRows(
          { startS, endS },
          beats(everyS, durationS),
          durationS,
          WIDTH_MM,
        );
        expect(rows[0]!.startS).toBeGreaterThanOrEqual(0);
        expect(rows.at(-1)!.endS).toBeLessThanOrEqual(durationS + 1e-9);
        expect(rows[0]!.startS).toBeLessThanOrEqual(startS);
        expect(rows.at(-1)!.endS).toBeGreaterThanOrEqual(endS - 1e-9);
        if (leftOutS === 0) {
          rows.slice(1).forEach((row, i) => expect(row.startS).toBeCloseTo(rows[i]!.endS));
        }
      },
    ),
  );
});
