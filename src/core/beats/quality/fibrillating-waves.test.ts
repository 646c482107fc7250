import { expect, it } from 'vitest';
import { seededRandom } from '../../base/seeded-random';
import { fibrillatingWaves, leakage, shareAway } from './fibrillating-waves';
import { assessLead } from './signal-quality';
import { amongLeads } from './stretch-quality';

const RATE_HZ = 250;
const DURATION_S = 60;

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);
const leadOf = (at: (t: number) => number): Float64Array =>
  Float64Array.from({ length: DURATION_S * RATE_HZ }, (_, i) => at(i / RATE_HZ));

/** Complexes every 0.8 s, of so many seconds, with T waves of such a height. */
const sinus =
  (qrsS = 0.012, tMv = 0.3) =>
  (t: number): number => {
    const near = Math.round((t - 0.4) / 0.8) * 0.8 + 0.4;
    const beats = [near - 0.8, near, near + 0.8];
    return beats.reduce(
      (sum, at) =>
        sum + 0.12 * bump(t, at - 0.16, 0.025) + bump(t, at, qrsS) + tMv * bump(t, at + 0.3, 0.06),
      0,
    );
  };

/** Waves whose rate, 3 to 6 Hz, and height wander, mV. */
const fibrillation = (() => {
  const random = seededRandom(7);
  const draw = Array.from({ length: 4 * DURATION_S }, random);
  const wandering = (t: number, from: number): number => {
    const at = (t * 2 + from) % draw.length;
    const low = Math.floor(at);
    const part = at - low;
    return draw[low]! * (1 - part) + draw[(low + 1) % draw.length]! * part;
  };
  const phases = new Float64Array(DURATION_S * RATE_HZ);
  for (let i = 1; i < phases.length; i++)
    phases[i] = phases[i - 1]! + (2 * Math.PI * (3 + 3 * wandering(i / RATE_HZ, 0))) / RATE_HZ;
  return (t: number): number =>
    (0.15 + 0.3 * wandering(t, 31)) *
    Math.sin(phases[Math.min(phases.length - 1, Math.round(t * RATE_HZ))]!);
})();

/** Seconds of [from, to) whose window has waves. */
function found(leads: readonly Float64Array[], from = 0, to = DURATION_S): number {
  const assessed = leads.map((mv) => assessLead(mv, RATE_HZ));
  return fibrillatingWaves(assessed, amongLeads(assessed))
    .subarray(from, to)
    .reduce((sum, one) => sum + one, 0);
}

const beside = (t: number): number => (t < 25 || t >= 40 ? sinus()(t) : fibrillation(t));

it('finds fibrillation, and none in complexes, be they wide and their T waves large', () => {
  expect(found([leadOf(beside)], 26, 36)).toBeGreaterThanOrEqual(8);
  expect(found([leadOf(beside)], 0, 20)).toBe(0);
  expect(found([leadOf(sinus())])).toBe(0);
  expect(found([leadOf(sinus(0.05, 0.8))])).toBe(0);
});

it('finds it between two shocks, which are many times as large', () => {
  const shocks = (t: number): number =>
    [28, 36].reduce((mv, at) => mv + (t > at ? -4 * Math.exp(-(t - at) / 0.5) : 0), 0);
  const lead = assessLead(
    leadOf((t) => beside(t) + shocks(t)),
    RATE_HZ,
  );
  const waves = fibrillatingWaves([lead], [new Uint8Array(DURATION_S).fill(2)]);
  expect([...waves.subarray(26, 29)], 'the first shock in it').toEqual([0, 0, 0]);
  expect([...waves.subarray(31, 33)]).toEqual([1, 1]);
  expect([...fibrillatingWaves([lead], [new Uint8Array(DURATION_S).fill(1)])]).not.toContain(1);
});

it('believes a connected lead that shows complexes, and no lead that is off', () => {
  expect(found([leadOf(beside), leadOf(sinus())])).toBe(0);
  expect(found([leadOf(beside), leadOf(() => 0)], 26, 36)).toBeGreaterThanOrEqual(8);
  expect(found([leadOf(() => 0)])).toBe(0);
});

it('measures a sine as all wave, and complexes as baseline', () => {
  const sine = Float64Array.from({ length: 375 }, (_, i) => Math.sin((2 * Math.PI * 5 * i) / 125));
  const spikes = sine.map((_, i) => (i % 100 < 4 ? 1 : 0));
  expect(leakage(sine)).toBeLessThan(0.1);
  expect(shareAway(sine, 125)).toBeGreaterThan(0.8);
  expect(leakage(spikes)).toBeGreaterThan(0.8);
  expect(shareAway(spikes, 125)).toBeLessThan(0.06);
  // 0.25 s at either end count for less.
  const atTheEnd = sine.map((_, i) => (i < 10 ? 5 : Math.sin((2 * Math.PI * 5 * i) / 125)));
  expect(shareAway(atTheEnd, 125)).toBeGreaterThan(0.4);
  expect([leakage(new Float64Array(9)), shareAway(new Float64Array(9), 125)]).toEqual([1, 0]);
});
