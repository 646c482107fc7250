import { expect, it } from 'vitest';
import { displayFilter, ok } from '../../shared/domain';
import { createDisplayFilter } from '../dsp/bandpass';
import type { OpenRecording } from '../formats/open-recording';
import { readFilteredStretches } from './filtered-stretches';

const RATE_HZ = 250;
const QUARTER = 900 * RATE_HZ;

/** A quarter of an hour of a slow and a fast wave with a gap, that counts the samples read of it. */
function quarter(): { recording: OpenRecording; whole: Float64Array; read: () => number } {
  const whole = Float64Array.from(
    { length: QUARTER },
    (_, i) => Math.sin(i * 1e-4) + Math.sin(i * i * 1e-3),
  );
  whole.fill(NaN, 100_000, 100_500);
  let read = 0;
  const recording = {
    leads: [{ samples: QUARTER, samplingRateHz: RATE_HZ }],
    readPhysical: (_lead: number, from: number, to: number) => {
      read += to - from;
      return Promise.resolve(ok(whole.slice(from, to)));
    },
  } as unknown as OpenRecording;
  return { recording, whole, read: () => read };
}

const STRIPS = Array.from({ length: 10 }, (_, i) => {
  const start = 22_500 * i;
  return { start, end: start + 8 * RATE_HZ };
});

it.each(['0.5-40', '0.05-150', 'raw'] as const)(
  'stretches through %s are those of the whole signal, in the order asked for',
  async (filter) => {
    const { recording, whole } = quarter();
    const asked = [...STRIPS.toReversed(), { start: 99_000, end: 101_500 }, STRIPS[3]!];
    const read = await readFilteredStretches(recording, 0, filter, asked);
    if (!read.ok) throw new Error(read.error.message);
    const filtered = createDisplayFilter(RATE_HZ, displayFilter(filter))?.apply(whole) ?? whole;
    for (const [i, { start, end }] of asked.entries()) {
      const own = read.value[i]!;
      expect(own).toHaveLength(end - start);
      expect(
        own.every((value, at) => {
          const right = filtered[start + at]!;
          return Number.isNaN(right) ? Number.isNaN(value) : Math.abs(value - right) < 1e-6;
        }),
      ).toBe(true);
    }
  },
);

it('strips far from each other are read with their margins and no more, near ones together', async () => {
  const apart = quarter();
  const { marginSamples } = createDisplayFilter(RATE_HZ, displayFilter('0.5-40'))!;
  await readFilteredStretches(apart.recording, 0, '0.5-40', STRIPS);
  expect(apart.read()).toBeLessThanOrEqual(10 * (8 * RATE_HZ + 2 * marginSamples));
  // The margins of 0.05 Hz are 73 s to each side.
  const near = quarter();
  await readFilteredStretches(near.recording, 0, '0.05-150', STRIPS);
  expect(near.read()).toBeLessThanOrEqual(QUARTER);
});

it('what lies outside the recording is left out', async () => {
  const { recording } = quarter();
  const read = await readFilteredStretches(recording, 0, '0.5-40', [
    { start: -500, end: 500 },
    { start: QUARTER - 10, end: QUARTER + 10 },
    { start: QUARTER + 5, end: QUARTER + 10 },
  ]);
  expect(read.ok && read.value.map(({ length }) => length)).toEqual([500, 10, 0]);
});
