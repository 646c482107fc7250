import { expect, it } from 'vitest';
import type { Lead } from '../../shared/domain';
import { headRows, laneAt, layoutLanes, MIN_LANE_MM } from './lanes';
import { leadRows } from '../../shared/domain/lead-layout';
import { traceTile, type TraceMap } from './trace-path';

function recorder() {
  const steps: [string, number, number][] = [];
  return {
    steps,
    moveTo: (x: number, y: number) => void steps.push(['M', x, y]),
    lineTo: (x: number, y: number) => void steps.push(['L', x, y]),
  };
}

const map: TraceMap = { leftS: 10, rightS: 14, pxPerS: 100, zeroPx: 50, pxPerUnit: 10 };

it('puts a sample at its time and its voltage', () => {
  const sink = recorder();
  const values = Float32Array.of(0, 1, -1);
  traceTile(sink, { lead: 0, kind: 'samples', t0S: 10, stepS: 0.5, values }, map, { down: false });
  expect(sink.steps).toEqual([
    ['M', 0, 50],
    ['L', 50, 40],
    ['L', 100, 60],
  ]);
});

it('lifts the pen over missing samples and never draws across a gap', () => {
  const sink = recorder();
  const values = Float32Array.of(1, NaN, NaN, 2);
  traceTile(sink, { lead: 0, kind: 'samples', t0S: 10, stepS: 0.5, values }, map, { down: false });
  expect(sink.steps.map(([kind]) => kind)).toEqual(['M', 'M']);
});

it('keeps both extremes of an envelope column', () => {
  const sink = recorder();
  const values = Float32Array.of(-1, 3, 0, 3);
  traceTile(sink, { lead: 0, kind: 'envelope', t0S: 10, stepS: 1, values }, map, { down: false });
  // Second column starts at its maximum, which is where the first one ended.
  expect(sink.steps.map(([, , y]) => y)).toEqual([60, 20, 20, 50]);
});

it('touches only what is on the paper', () => {
  const sink = recorder();
  const values = new Float32Array(10_000);
  traceTile(sink, { lead: 0, kind: 'samples', t0S: 0, stepS: 0.01, values }, map, { down: false });
  expect(sink.steps.length).toBeLessThanOrEqual(404);
});

it('stacks lanes with 0 mV on a line of the grid, and grows the sheet when leads do not fit', () => {
  const lead = (index: number): Lead => ({
    index,
    name: `L${index}`,
    units: 'mV',
    isEcg: true,
    samplingRateHz: 360,
    gainAduPerUnit: 200,
    gainAssumed: false,
    baselineAdu: 0,
    adcResolutionBits: 12,
  });
  const leads = Array.from({ length: 12 }, (_, i) => lead(i));
  const { lanes, heightPx } = layoutLanes({
    rows: leadRows('12x1', leads),
    paneHeightPx: 300,
    pxPerMm: 4,
    gainFactorOf: () => 1,
    reachOf: () => null,
    headPx: 26,
  });
  expect(heightPx).toBeGreaterThan(12 * MIN_LANE_MM * 4);
  for (const lane of lanes) {
    expect(lane.baselinePx % 4).toBe(0);
    expect(lane.heightPx).toBeGreaterThanOrEqual(MIN_LANE_MM * 4);
  }
  expect(laneAt(lanes, 27, 0)?.lead.index).toBe(0);
  expect(laneAt(lanes, 1e6, 0)?.lead.index).toBe(11);
  expect(laneAt([], 5, 0)).toBeNull();
});

it('gives a lane what its signal reaches, so that no beat runs into the lane above', () => {
  const leads = [0, 1].map(
    (index) => ({ index, name: `L${index}`, units: 'mV', isEcg: true }) as Lead,
  );
  const reaches = [
    { abovePx: 150, belowPx: 10 },
    { abovePx: 20, belowPx: 20 },
  ];
  const { lanes, heightPx } = layoutLanes({
    rows: leadRows('12x1', leads),
    paneHeightPx: 400,
    pxPerMm: 4,
    gainFactorOf: () => 1,
    reachOf: (lead) => reaches[lead]!,
    headPx: 60,
  });
  expect(heightPx).toBe(400);
  expect(lanes[0]!.heightPx).toBeGreaterThan(lanes[1]!.heightPx);
  for (const [i, lane] of lanes.entries()) {
    expect(lane.baselinePx % 4).toBe(0);
    expect(lane.baselinePx - reaches[i]!.abovePx).toBeGreaterThanOrEqual(lane.topPx);
    expect(lane.baselinePx + reaches[i]!.belowPx).toBeLessThanOrEqual(lane.topPx + lane.heightPx);
  }
});

it('lets the paper grow where signals need more than the pane has, so that lanes do not overlap', () => {
  const leads = Array.from(
    { length: 6 },
    (_, index) => ({ index, name: `L${index}`, units: 'mV', isEcg: true }) as Lead,
  );
  const { lanes, heightPx } = layoutLanes({
    rows: leadRows('12x1', leads),
    paneHeightPx: 400,
    pxPerMm: 4,
    gainFactorOf: () => 1,
    reachOf: () => ({ abovePx: 80, belowPx: 30 }),
    headPx: 60,
  });
  expect(heightPx).toBeGreaterThan(400);
  lanes.slice(1).forEach((lane, i) => {
    expect(lane.baselinePx - 80).toBeGreaterThanOrEqual(lanes[i]!.baselinePx + 30);
  });
});

it('keeps the rows above the lanes at one height; reference beats add one', () => {
  const without = headRows({ reference: false });
  const both = headRows({ reference: true });
  expect(both.modelPx).toBe(without.modelPx);
  expect(both.referencePx).toBeGreaterThan(both.modelPx);
  expect(both.heightPx).toBeGreaterThanOrEqual(both.referencePx + 10);
  expect(without.rhythmPx).toBeGreaterThan(without.modelPx + 8);
  expect(without.rhythmPx).toBeLessThan(without.heightPx);
});
