import { BEAT_CLASSES, type BeatRows, type FindingThresholds } from '../../shared/domain';
import { isStrip } from '../../shared/domain/strip';
import { foundBeats, isAbove, isBelow, type Found } from './found';

const VENTRICULAR = BEAT_CLASSES.indexOf('V');
/** Of a strip without `rateBeats` intervals all are taken, where there are so many: ten seconds at 40 bpm have six. */
const LEAST_INTERVALS = 3;
/** Two stretches nearer than this are one, where the whole still has the rate. */
const NEAR_S = 10;

/** First and last beat. */
type Pair = readonly [number, number];

/**
 * Bradycardia: the union of all `rateBeats` consecutive intervals whose rate is below the threshold; in a strip that has
 * not so many anywhere, all that follow each other. Its rate is the slowest of these, as the recording's lowest rate is: the
 * mean of an hour says nothing of the half minute for which it was looked for. Not said of a stretch that is slow by its
 * pauses alone, where another finding says it better.
 * @param durationS of the recording
 */
export function slowStretches(
  rows: BeatRows,
  thresholds: FindingThresholds,
  durationS: number,
): Found[] {
  const { bradycardiaBpm, rateBeats, pauseS } = thresholds;
  const most = rows.rows.reduce((so, [first, last]) => Math.max(so, last - first), 0);
  const all = isStrip(durationS) ? Math.max(LEAST_INTERVALS, most) : Infinity;
  const intervals = Math.min(rateBeats, all);
  return stretches(rows, intervals, (bpm) => isBelow(bpm, bradycardiaBpm))
    .filter((pair) => !(rateWithoutPauses(rows, pair, pauseS) >= bradycardiaBpm))
    .map((pair) => foundStretch('bradycardia', rows, pair, intervals));
}

/** Tachycardia in the same way, above its threshold and with its fastest rate; not said of a stretch most of whose beats are ventricular. */
export function fastStretches(
  rows: BeatRows,
  { tachycardiaBpm, rateBeats }: FindingThresholds,
): Found[] {
  return stretches(rows, rateBeats, (bpm) => isAbove(bpm, tachycardiaBpm))
    .filter((pair) => !isVentricular(rows, pair))
    .map((pair) => foundStretch('tachycardia', rows, pair, rateBeats));
}

function foundStretch(
  kind: 'bradycardia' | 'tachycardia',
  rows: BeatRows,
  [first, last]: Pair,
  intervals: number,
): Found {
  const found = foundBeats(kind, rows, first, last);
  const rateBpm = extremeRate(kind, rows.timeS.subarray(first, last + 1), intervals);
  return { ...found, rateBpm, couplingMs: null };
}

/** The slowest rate of a bradycardia, or the fastest of a tachycardia, over so many consecutive intervals of its beats. */
export function extremeRate(
  kind: 'bradycardia' | 'tachycardia',
  timeS: Float64Array,
  intervals: number,
): number | null {
  const over = Math.min(intervals, timeS.length - 1);
  if (over < 1) return null;
  const further = kind === 'bradycardia' ? Math.min : Math.max;
  let bpm = rateOf(timeS, 0, over);
  for (let end = over + 1; end < timeS.length; end++)
    bpm = further(bpm, rateOf(timeS, end - over, end));
  return bpm;
}

function stretches(rows: BeatRows, intervals: number, beyond: (bpm: number) => boolean): Pair[] {
  const { timeS } = rows;
  const found: Pair[] = [];
  for (const [first, last] of rows.rows) {
    let open: Pair | null = null;
    for (let end = first + intervals; end <= last; end++) {
      const start = end - intervals;
      if (!beyond(rateOf(timeS, start, end))) continue;
      const isNear: boolean =
        open !== null &&
        (start <= open[1] ||
          (timeS[start]! - timeS[open[1]]! <= NEAR_S && beyond(rateOf(timeS, open[0], end))));
      if (open && !isNear) found.push(open);
      open = open && isNear ? [open[0], end] : [start, end];
    }
    if (open) found.push(open);
  }
  return found;
}

function rateOf(timeS: Float64Array, first: number, last: number): number {
  return (60 * (last - first)) / (timeS[last]! - timeS[first]!);
}

/** NaN where there is nothing but pauses. */
function rateWithoutPauses({ timeS }: BeatRows, [first, last]: Pair, pauseS: number): number {
  let count = 0;
  let sumS = 0;
  for (let i = first + 1; i <= last; i++) {
    const rrS = timeS[i]! - timeS[i - 1]!;
    if (rrS > pauseS) continue;
    count++;
    sumS += rrS;
  }
  return (60 * count) / sumS;
}

function isVentricular({ beatClass }: BeatRows, [first, last]: Pair): boolean {
  const beats = beatClass.subarray(first, last + 1);
  return beats.filter((code) => code === VENTRICULAR).length > beats.length / 2;
}
