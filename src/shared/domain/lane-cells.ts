// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import type { BeatColumns } from './analysis';
import type { HeartRateTrend } from './finding';
import { trendCellS } from './heart-rate';
import { upperMedian } from './order-statistics';

/** Counts from which a cell has each of the five steps, by the cell's width. */
const STEPS = {
  short: { cellS: 10, from: [1, 2, 4, 7, 10] },
  long: { cellS: 300, from: [1, 5, 20, 50, 100] },
} as const;

export function cellsFor(durationS: number): { cellS: number; from: readonly number[] } {
  return trendCellS(durationS) === STEPS.short.cellS ? STEPS.short : STEPS.long;
}

/** Beats of a class in each cell, [ceil(durationS / cellS)]. */
export function beatsInCells(
  beats: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  classIndex: number,
  cellS: number,
  durationS: number,
): Uint16Array {
  const cells = new Uint16Array(Math.max(1, Math.ceil(durationS / cellS)));
  for (let i = 0; i < beats.timeS.length; i++)
    if (beats.beatClass[i] === classIndex)
      cells[Math.min(cells.length - 1, Math.floor(beats.timeS[i]! / cellS))]!++;
  return cells;
}

/** Step of a count, 1 to 5; 0 for none. */
export function stepOfCount(count: number, from: readonly number[]): number {
  let step = 0;
  while (step < from.length && count >= from[step]!) step++;
  return step;
}

export interface TrendCell {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The rate in each cell: median of the medians, and the lowest and highest; null where it cannot be told. */
export function trendInCells(
  trend: HeartRateTrend,
  cellS: number,
  durationS: number,
): (TrendCell | null)[] {
  const count = Math.max(1, Math.ceil(durationS / cellS));
  const per = cellS / trend.stepS;
  return Array.from({ length: count }, (_, cell) => {
    const medians: number[] = [];
    let low = Infinity;
    let high = -Infinity;
    const last = Math.min(trend.medianBpm.length, Math.max(Math.ceil((cell + 1) * per), 1));
    for (let i = Math.floor(cell * per); i < last; i++) {
      const median = trend.medianBpm[i]!;
      if (median !== median) continue;
      medians.push(median);
      low = Math.min(low, trend.lowestBpm[i]!);
      high = Math.max(high, trend.highestBpm[i]!);
    }
    if (medians.length === 0) return null;
    return { median: upperMedian(medians), low, high };
  });
}

/** Seconds between lines and between labels of the clock axis. */
export function axisSteps(durationS: number): { lineS: number; labelS: number } {
  const choices: readonly (readonly [number, number, number])[] = [
    [90, 10, 10],
    [600, 60, 60],
    [7200, 300, 300],
    [8 * 3600, 1800, 3600],
    [36 * 3600, 3600, 7200],
    [80 * 3600, 10_800, 21_600],
  ];
  const [, lineS, labelS] = choices.find(([upTo]) => durationS <= upTo) ?? [0, 43_200, 86_400];
  return { lineS, labelS };
}
