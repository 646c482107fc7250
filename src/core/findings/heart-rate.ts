import { lowerBound, type HeartRate, type HeartRateTrend } from '../../shared/domain';
import { rowsOf, type BeatRows } from './beat-rows';

/** Lowest and highest rate are over this many consecutive intervals. */
export const RATE_INTERVALS = 8;
/** Recordings up to two hours have a trend in cells of 10 s, longer ones of 5 min. */
const SHORT_RECORDING_S = 7200;
const SHORT_CELL_S = 10;
const LONG_CELL_S = 300;
/** Two rates that differ by less than rounding are one. */
const ROUNDING = 1e-9;

/** Consecutive intervals from beat `first` to beat `last`. */
interface Stretch {
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
  let count = 0;
  let sumS = 0;
  let longest: { ms: number; atS: number } | null = null;
  const parts: Stretch[] = [];
  for (const [first, last] of rowsOf(rows)) {
    const part = touching(timeS, first, last, startS, endS);
    if (!part) continue;
    parts.push(part);
    count += part.last - part.first;
    sumS += timeS[part.last]! - timeS[part.first]!;
    for (let i = part.first + 1; i <= part.last; i++) {
      const ms = 1000 * (timeS[i]! - timeS[i - 1]!);
      if (!longest || ms > longest.ms) longest = { ms, atS: timeS[i - 1]! };
    }
  }
  if (!longest) return null;
  const meanBpm = (60 * count) / sumS;
  const rateOf = ({ first, last }: Stretch): number =>
    (60 * (last - first)) / (timeS[last]! - timeS[first]!);
  const extreme = (sign: 1 | -1): { bpm: number; atS: number } => {
    for (const stretches of searches(rows, parts, startS, endS)) {
      let best: Stretch | null = null;
      let bestBpm = 0;
      for (const stretch of stretches) {
        const bpm = rateOf(stretch);
        if (best && sign * (bpm - bestBpm) <= 0) continue;
        best = stretch;
        bestBpm = bpm;
      }
      if (!best || sign * (bestBpm - meanBpm) < -ROUNDING * meanBpm) continue;
      const bpm = sign > 0 ? Math.max(bestBpm, meanBpm) : Math.min(bestBpm, meanBpm);
      return { bpm, atS: timeS[best.first]! };
    }
    throw new Error('a mean rate lies beyond every rate that it is the mean of');
  };
  return { meanBpm, lowest: extreme(-1), highest: extreme(1), longestRr: longest };
}

/** Ever wider sets of stretches, of which the first that encloses the mean is taken. */
function* searches(
  rows: BeatRows,
  parts: readonly Stretch[],
  startS: number,
  endS: number,
): Generator<Iterable<Stretch>> {
  yield eights(rows, startS, endS);
  yield longer(parts);
  yield withShortRows(parts);
}

/** Every 8 consecutive intervals of which one lies in [startS, endS]. */
function* eights(rows: BeatRows, startS: number, endS: number): Generator<Stretch> {
  const { timeS } = rows;
  const earliest = lowerBound(timeS, startS);
  for (const [first, last] of rowsOf(rows)) {
    for (let end = Math.max(earliest, first + RATE_INTERVALS); end <= last; end++) {
      const start = end - RATE_INTERVALS;
      if (timeS[start]! >= endS) return;
      if (timeS[end]! > startS) yield { first: start, last: end };
    }
  }
}

function* longer(parts: readonly Stretch[]): Generator<Stretch> {
  for (const { first, last } of parts) {
    for (let length = RATE_INTERVALS; length < 2 * RATE_INTERVALS; length++) {
      for (let end = first + length; end <= last; end++) yield { first: end - length, last: end };
    }
  }
}

function* withShortRows(parts: readonly Stretch[]): Generator<Stretch> {
  yield* longer(parts);
  for (const part of parts) if (part.last - part.first < RATE_INTERVALS) yield part;
}

/** The part of a row whose intervals share more than an instant with [startS, endS]. */
function touching(
  timeS: Float64Array,
  first: number,
  last: number,
  startS: number,
  endS: number,
): Stretch | null {
  // The interval that crosses an edge is in: from the last beat at or before the start to the first from the end on.
  const atStart = lowerBound(timeS, startS);
  const from = Math.max(first, timeS[atStart] === startS ? atStart : atStart - 1);
  const to = Math.min(last, lowerBound(timeS, endS));
  return to > from ? { first: from, last: to } : null;
}

/**
 * Rate along the recording in cells of equal width: median, lowest and highest of the rates over 8 intervals that have
 * their middle in the cell, so that lowest and highest of all cells are those of the recording. NaN where there is none.
 */
export function heartRateTrend(rows: BeatRows, durationS: number): HeartRateTrend {
  const stepS = durationS <= SHORT_RECORDING_S ? SHORT_CELL_S : LONG_CELL_S;
  const cells = Math.max(1, Math.ceil(durationS / stepS));
  const rates = Array.from({ length: cells }, (): number[] => []);
  for (const { first, last } of eights(rows, -Infinity, Infinity)) {
    const [start, end] = [rows.timeS[first]!, rows.timeS[last]!];
    const cell = Math.min(cells - 1, Math.floor((start + end) / 2 / stepS));
    rates[cell]!.push((60 * RATE_INTERVALS) / (end - start));
  }
  const column = (of: (sorted: readonly number[]) => number): Float32Array<ArrayBuffer> =>
    Float32Array.from(rates, (cell) => (cell.length > 0 ? of(cell) : NaN));
  for (const cell of rates) cell.sort((a, b) => a - b);
  return {
    stepS,
    medianBpm: column((sorted) => sorted[sorted.length >> 1]!),
    lowestBpm: column((sorted) => sorted[0]!),
    highestBpm: column((sorted) => sorted.at(-1)!),
  };
}
