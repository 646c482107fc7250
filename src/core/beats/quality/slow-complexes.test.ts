import { expect, it } from 'vitest';
import { assessLead } from './signal-quality';
import { COMPLEXES, riseS, slowComplexes } from './slow-complexes';
import { amongLeads } from './stretch-quality';

const RATE_HZ = 250;
const DURATION_S = 40;

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);

/** A lead with complexes every 1.1 s whose standard deviation is `qrsS`, and T waves of such a height. */
function lead(qrsS: number, { tMv = 0.3, wanderMv = 0, mv = 1 } = {}): Float64Array {
  return Float64Array.from({ length: DURATION_S * RATE_HZ }, (_, i) => {
    const t = i / RATE_HZ;
    const near = Math.round((t - 0.5) / 1.1) * 1.1 + 0.5;
    const beats = [near - 1.1, near, near + 1.1];
    const wander = wanderMv * Math.sin(2 * Math.PI * 0.3 * t);
    return beats.reduce(
      (sum, at) => sum + mv * (bump(t, at, qrsS) + tMv * bump(t, at + 0.3, 0.06)),
      wander,
    );
  });
}

/** What is said of the windows from the tenth second to the thirtieth, each once. */
function said(leads: readonly Float64Array[]): number[] {
  const assessed = leads.map((mv) => assessLead(mv, RATE_HZ));
  return [...new Set(slowComplexes(assessed, amongLeads(assessed)).subarray(10, 30))];
}

it('tells complexes half a second wide from those of bundle branch block, with any T wave and wander', () => {
  const { quick, slow } = COMPLEXES;
  expect(said([lead(0.09, { mv: -4 })])).toEqual([slow]);
  expect(said([lead(0.012)])).toEqual([quick]);
  expect(said([lead(0.025)]), 'a QRS complex of 150 ms').toEqual([quick]);
  expect(said([lead(0.02, { tMv: 2 })]), 'a T wave of twice its height').toEqual([quick]);
  expect(said([lead(0.012, { wanderMv: 3 })])).toEqual([quick]);
});

it('believes a connected lead that shows a quick one, and no lead that is off', () => {
  const wide = lead(0.09, { mv: -4 });
  const flat = new Float64Array(DURATION_S * RATE_HZ);
  expect(said([wide, lead(0.012)])).toEqual([COMPLEXES.quick]);
  expect(said([wide, flat])).toEqual([COMPLEXES.slow]);
  expect(said([flat])).toEqual([COMPLEXES.unseen]);
});

it('says nothing of seconds in which no lead is good', () => {
  const assessed = [assessLead(lead(0.09, { mv: -4 }), RATE_HZ)];
  const quality = [new Uint8Array(DURATION_S).fill(2)];
  quality[0]![20] = 1;
  const windows = slowComplexes(assessed, quality);
  expect([...windows.subarray(16, 22)]).toEqual([2, 2, 0, 0, 0, 2]);
  expect([...windows.subarray(-2)], 'no 3 s begin there').toEqual([0, 0]);
});

it('measures the height by the steepest slope, and only what lies around it', () => {
  const ramp = Float64Array.from({ length: 375 }, (_, i) =>
    Math.min(1, Math.max(0, (i - 100) / 10)),
  );
  expect(riseS(ramp, 125)).toBeCloseTo(0.08);
  const later = ramp.map((mv, i) => mv + (i > 200 ? Math.min(5, (i - 200) * 0.05) : 0));
  expect(riseS(later, 125)).toBeCloseTo(0.08);
  expect([riseS(new Float64Array(9), 125), riseS(new Float64Array(0), 125)]).toEqual([0, 0]);
});
