import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baselinesMm, leavesPaper, paperForMm, tracesCross } from './strip-leads';
import type { StripLead } from './types';

/** A lead that reaches from `down` mV below to `up` mV above its baseline. */
const lead = ({ up, down }: { up: number; down: number }): StripLead => ({
  name: 'II',
  samplingRateHz: 250,
  index: 0,
  samplesMv: Float32Array.of(0, up, NaN, -down, 0),
});
const extents = fc.array(
  fc.record({
    up: fc.float({ min: 0, max: 4, noNaN: true }),
    down: fc.float({ min: 0, max: 4, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('on paper as high as it wishes, no trace leaves the paper or crosses another', () => {
  fc.assert(
    fc.property(extents, (shapes) => {
      const leads = shapes.map(lead);
      const paperMm = paperForMm(leads);
      const baselines = baselinesMm(leads, paperMm);
      expect(paperMm % 5).toBe(0);
      baselines.forEach((baseline, i) => {
        expect(leavesPaper(leads[i]!, baseline, paperMm)).toBe(false);
        if (i === 0) return;
        const room = baseline - baselines[i - 1]!;
        expect(room).toBeGreaterThan(10 * (shapes[i]!.up + shapes[i - 1]!.down));
      });
    }),
  );
});

test('on less paper, what cannot be drawn whole is known, and leads keep their order', () => {
  const leads = Array.from({ length: 12 }, () => lead({ up: 1.5, down: 1 }));
  const baselines = baselinesMm(leads, 160);
  expect(baselines).toEqual([...baselines].sort((a, b) => a - b));
  expect(leads.some((one, i) => leavesPaper(one, baselines[i]!, 160))).toBe(false);
  expect(leavesPaper(lead({ up: 9, down: 0 }), 40, 80)).toBe(true);
});

test('twelve leads one below the other keep their names apart, however much room the tallest would take', () => {
  // HR06002 of the twelve-lead samples, on the paper of a landscape page.
  const up = [0.4, 0.6, 0.3, 0.2, 0.3, 0.4, 0.2, 0.9, 1.6, 1.3, 1.1, 0.9];
  const down = [0.2, 0.3, 0.3, 0.5, 0.3, 0.2, 0.4, 1.0, 1.9, 1.8, 1.1, 0.7];
  const leads = up.map((mv, i) => lead({ up: mv, down: down[i]! }));
  const baselines = baselinesMm(leads, 137);
  baselines.slice(1).forEach((at, i) => expect(at - baselines[i]!).toBeGreaterThanOrEqual(7));
  expect(baselines[0]).toBeGreaterThanOrEqual(4);
  expect(leavesPaper(leads[11]!, baselines[11]!, 137)).toBe(false);
});

test('a trace that is higher than the paper is cut above and below, not only on one side', () => {
  const [baseline] = baselinesMm([lead({ up: 2.9, down: 2.5 })], 30);
  expect(baseline).toBeGreaterThan(13);
  expect(baseline).toBeLessThan(20);
});

test('traces cross where one lies on the other at about the same time, whatever each reaches at another', () => {
  /** Two seconds of 0 mV but for one value at one time. */
  const of = (mv: number, atS: number, samplingRateHz = 250): StripLead => {
    const samplesMv = new Float32Array(2 * samplingRateHz);
    samplesMv[Math.round(atS * samplingRateHz)] = mv;
    samplesMv[0] = NaN;
    return { ...lead({ up: 0, down: 0 }), samplesMv, samplingRateHz };
  };
  // 15 mm between them: a deep S above, a tall R below.
  expect(tracesCross([of(-1, 0.5), of(1, 0.5)], [10, 25])).toBe(true);
  expect(tracesCross([of(-1, 0.5), of(1, 0.56, 125)], [10, 25])).toBe(true);
  expect(tracesCross([of(-1, 0.5), of(1, 1)], [10, 25])).toBe(false);
  expect(tracesCross([of(-1, 0.5), of(1, 0.5)], [10, 35])).toBe(false);
});
