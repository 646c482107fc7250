// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import { BEAT_CLASSES } from './beat-classes';
import type { BeatRows } from './beat-rows';
import type { HeartRate, HeartRateTrend } from './finding';
import { lowerBound } from './lower-bound';

/** Lowest and highest rate are over this many consecutive intervals. */
export const RATE_INTERVALS = 8;

/** Over how many intervals a lowest or highest rate is: 8, but where there are not so many, or these do not enclose the mean. */
export const rateIntervals = ({ intervals = RATE_INTERVALS }: HeartRate['lowest']): number =>
  intervals;
/** Recordings up to two hours have a trend in cells of 10 s, longer ones of 5 min. */
const SHORT_RECORDING_S = 7200;
const SHORT_CELL_S = 10;
const LONG_CELL_S = 300;
/** Two rates that differ by less than rounding are one. */
const ROUNDING = 1e-9;

/** Consecutive intervals from beat `first` to beat `last`. */
interface BeatSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Heart rate of [startS, endS], by default of all: mean = intervals per the time that they take, which is the
 * analysable time between beats; lowest and highest = the slowest and fastest 8 consecutive intervals. An interval that
 * crosses an edge counts on both its sides, and 8 intervals belong wherever one of them does.
 *
 * A mean can lie beyond every 8 intervals, where the ends of a short row are slow or rows are short. Then stretches of
 * up to 15 are asked too, and last those rows that have fewer than 8 intervals, as a whole: a mean is a mean of such
 * stretches, so that lowest <= mean <= highest always.
 * @returns null without an interval
 */
export function heartRate(rows: BeatRows, startS = -Infinity, endS = Infinity): HeartRate | null {
  const { timeS } = rows;
  const parts = rows.rows.flatMap(([first, last]) => touching(timeS, first, last, startS, endS));
  let count = 0;
  let sumS = 0;
  let longest: { ms: number; atS: number } | null = null;
  for (const { first, last } of parts) {
    count += last - first;
    sumS += timeS[last]! - timeS[first]!;
    for (let i = first + 1; i <= last; i++) {
      const ms = 1000 * (timeS[i]! - timeS[i - 1]!);
      if (!longest || ms > longest.ms) longest = { ms, atS: timeS[i - 1]! };
    }
  }
  if (!longest) return null;
  const meanBpm = (60 * count) / sumS;
  const extreme = (sign: 1 | -1): HeartRate['lowest'] => {
    for (const search of [eights, longer, withShortRows]) {
      let bpm = -sign * Infinity;
      let atS = 0;
      let intervals = RATE_INTERVALS;
      search(rows, parts, startS, endS, (first, last) => {
        const own = (60 * (last - first)) / (timeS[last]! - timeS[first]!);
        if (sign * (own - bpm) <= 0) return;
        bpm = own;
        atS = timeS[first]!;
        intervals = last - first;
      });
      if (sign * (bpm - meanBpm) < -ROUNDING * meanBpm) continue;
      return {
        bpm: sign > 0 ? Math.max(bpm, meanBpm) : Math.min(bpm, meanBpm),
        atS,
        ...(intervals === RATE_INTERVALS ? {} : { intervals }),
      };
    }
    throw new Error('a mean rate lies beyond every rate that it is the mean of');
  };
  return { meanBpm, lowest: extreme(-1), highest: extreme(1), longestRr: longest };
}

const NORMAL = BEAT_CLASSES.indexOf('N');

/** The fastest 8 consecutive intervals whose beats are all normal ones, or null. */
export function highestNormalRate({
  timeS,
  beatClass,
  follows,
}: BeatRows): { bpm: number; atS: number } | null {
  let highest: { bpm: number; atS: number } | null = null;
  let normal = 0;
  for (let i = 0; i < timeS.length; i++) {
    if (beatClass[i] !== NORMAL) normal = 0;
    else normal = follows[i] === 1 ? normal + 1 : 1;
    if (normal <= RATE_INTERVALS) continue;
    const atS = timeS[i - RATE_INTERVALS]!;
    const bpm = (60 * RATE_INTERVALS) / (timeS[i]! - atS);
    if (!highest || bpm > highest.bpm) highest = { bpm, atS };
  }
  return highest;
}

/** Ever wider sets of stretches, of which the first that encloses the mean is taken. */
type Search = (
  rows: BeatRows,
  parts: readonly BeatSpan[],
  startS: number,
  endS: number,
  visit: (first: number, last: number) => void,
) => void;

/** Every 8 consecutive intervals of which one lies in [startS, endS]. */
const eights: Search = ({ timeS, rows }, _parts, startS, endS, visit) => {
  const earliest = lowerBound(timeS, startS);
  for (const [first, last] of rows) {
    for (let end = Math.max(earliest, first + RATE_INTERVALS); end <= last; end++) {
      const start = end - RATE_INTERVALS;
      if (timeS[start]! >= endS) return;
      if (timeS[end]! > startS) visit(start, end);
    }
  }
};

const longer: Search = (_rows, parts, _startS, _endS, visit) => {
  for (const { first, last } of parts) {
    for (let length = RATE_INTERVALS; length < 2 * RATE_INTERVALS; length++) {
      for (let end = first + length; end <= last; end++) visit(end - length, end);
    }
  }
};

const withShortRows: Search = (rows, parts, startS, endS, visit) => {
  longer(rows, parts, startS, endS, visit);
  for (const { first, last } of parts) if (last - first < RATE_INTERVALS) visit(first, last);
};

/** Shortest and longest interval of [startS, endS], those that cross an edge among them; null without one. */
export function rrRange(
  { timeS, rows }: BeatRows,
  startS: number,
  endS: number,
): { shortestMs: number; longestMs: number } | null {
  let shortestMs = Infinity;
  let longestMs = 0;
  for (const [rowFirst, rowLast] of rows) {
    for (const { first, last } of touching(timeS, rowFirst, rowLast, startS, endS)) {
      for (let i = first + 1; i <= last; i++) {
        const ms = 1000 * (timeS[i]! - timeS[i - 1]!);
        shortestMs = Math.min(shortestMs, ms);
        longestMs = Math.max(longestMs, ms);
      }
    }
  }
  return longestMs > 0 ? { shortestMs, longestMs } : null;
}

/** The part of a row whose intervals share more than an instant with [startS, endS]. */
function touching(
  timeS: Float64Array,
  first: number,
  last: number,
  startS: number,
  endS: number,
): BeatSpan[] {
  // The interval that crosses an edge is in: from the last beat at or before the start to the first from the end on.
  const atStart = lowerBound(timeS, startS);
  const from = Math.max(first, timeS[atStart] === startS ? atStart : atStart - 1);
  const to = Math.min(last, lowerBound(timeS, endS));
  return to > from ? [{ first: from, last: to }] : [];
}

/** Width of the cells in which a recording of this length has its trend, seconds. */
export function trendCellS(durationS: number): number {
  return durationS <= SHORT_RECORDING_S ? SHORT_CELL_S : LONG_CELL_S;
}

/**
 * Rate along the recording in cells of equal width: median, lowest and highest of the rates over 8 intervals that have
 * their middle in the cell, so that lowest and highest of all cells are those of the recording. NaN where there is none.
 */
export function heartRateTrend(rows: BeatRows, durationS: number): HeartRateTrend {
  const stepS = trendCellS(durationS);
  const cells = Math.max(1, Math.ceil(durationS / stepS));
  const rates = new Float64Array(rows.timeS.length);
  /** Where each cell's rates end: they come in the order of their middles. */
  const ends = new Uint32Array(cells);
  let count = 0;
  eights(rows, [], -Infinity, Infinity, (first, last) => {
    const [start, end] = [rows.timeS[first]!, rows.timeS[last]!];
    const cell = Math.min(cells - 1, Math.floor((start + end) / 2 / stepS));
    rates[count++] = (60 * RATE_INTERVALS) / (end - start);
    ends[cell] = count;
  });
  const trend = {
    stepS,
    medianBpm: new Float32Array(cells).fill(NaN),
    lowestBpm: new Float32Array(cells).fill(NaN),
    highestBpm: new Float32Array(cells).fill(NaN),
  };
  let from = 0;
  for (let cell = 0; cell < cells; cell++) {
    const sorted = rates.subarray(from, Math.max(from, ends[cell]!)).sort();
    if (sorted.length === 0) continue;
    from = ends[cell]!;
    trend.medianBpm[cell] = sorted[sorted.length >> 1]!;
    trend.lowestBpm[cell] = sorted[0]!;
    trend.highestBpm[cell] = sorted.at(-1)!;
  }
  return trend;
}
