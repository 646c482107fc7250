import { expect, it } from 'vitest';
import type { Lead } from '../../shared/domain';
import type { Lane } from './lanes';
import { mvPerUnit, scaleLane, unitName } from './lane-scale';
import type { TileTrace } from './tile-grid';

const lane = (units: string, isEcg: boolean): Lane => ({
  lead: { units, isEcg } as Lead,
  topPx: 0,
  heightPx: 100,
  baselinePx: 55,
  gainFactor: 1,
});
const tile = (...values: number[]): TileTrace => ({
  lead: 0,
  kind: 'samples',
  t0S: 0,
  stepS: 1,
  values: Float32Array.from(values),
});

it('writes units as people do, and leaves what is no voltage', () => {
  expect(['mv', 'MV', 'uV', '\u03bcV', 'V', 'mmHg'].map(unitName)).toEqual([
    'mV',
    'mV',
    'µV',
    'µV',
    'V',
    'mmHg',
  ]);
});

it.each([
  ['mV', 1],
  ['mv', 1],
  ['uV', 1e-3],
  ['\u00b5V', 1e-3],
  ['\u03bcV', 1e-3],
  ['V', 1e3],
])('%s is a voltage', (units, mv) => {
  expect(mvPerUnit(units)).toBe(mv);
});

it('keeps the gain of the paper for every voltage', () => {
  expect(scaleLane(lane('mv', true), 40, tile(0, 0.5, 1)).pxPerUnit).toBe(40);
  expect(scaleLane(lane('uV', true), 40, tile(0, 500, 1000)).pxPerUnit).toBeCloseTo(0.04);
});

it('shifts a lead only when it would lie off its lane, and never stretches it', () => {
  expect(scaleLane(lane('mV', true), 40, tile(0.3, 0.3, 0.3)).zero).toBe(0);
  expect(scaleLane(lane('mV', true), 40, tile(-3, -3, -3))).toEqual({ pxPerUnit: 40, zero: -3 });
});

it('fits what is no voltage to its lane', () => {
  const pressures = Array.from({ length: 101 }, (_, i) => 80 + i);
  const scale = scaleLane(lane('mmHg', false), 40, tile(...pressures));
  // 1st to 99th percentile fill seven tenths of the lane.
  expect(scale.pxPerUnit * 98).toBeCloseTo(70);
  expect(scale.zero).toBe(130);
});
