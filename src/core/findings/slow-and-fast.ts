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
 * not so many anywhere, all that follow each other. Not said of a stretch that is slow by its pauses alone, where another
 * finding says it better.
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
  return stretches(rows, Math.min(rateBeats, all), (bpm) => isBelow(bpm, bradycardiaBpm))
    .filter((pair) => !(rateWithoutPauses(rows, pair, pauseS) >= bradycardiaBpm))
    .map(([first, last]) => foundStretch('bradycardia', rows, first, last));
}

/** Tachycardia in the same way, above its threshold; not said of a stretch most of whose beats are ventricular. */
export function fastStretches(
  rows: BeatRows,
  { tachycardiaBpm, rateBeats }: FindingThresholds,
): Found[] {
  return stretches(rows, rateBeats, (bpm) => isAbove(bpm, tachycardiaBpm))
    .filter((pair) => !isVentricular(rows, pair))
    .map(([first, last]) => foundStretch('tachycardia', rows, first, last));
}

function foundStretch(
  kind: 'bradycardia' | 'tachycardia',
  rows: BeatRows,
  first: number,
  last: number,
): Found {
  return { ...foundBeats(kind, rows, first, last), couplingMs: null };
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
