import { medianOfSorted } from '../../../shared/domain/order-statistics';

/** How a stretch is cut into beats, samples of the signals. */
export interface BeatWindow {
  readonly before: number;
  readonly after: number;
}

export interface AveragedSignals {
  /** Median beat of each lead, [leads][before + after], about the level between its beats. */
  readonly leads: readonly Float64Array[];
  /** Which of the chosen beats are in it: indices into `peaks`, ascending. */
  readonly used: readonly number[];
}

/** Half of the stretch about R by which beats are aligned, and how far one is moved, samples at 500 Hz. */
const ALIGN_HALF = 50;
const REACH = 8;
/** Beats less like the median than this, over the whole window, are left out. */
const ALIKE = 0.9;
const ROUNDS = 3;
/** Half of the stretch over which the level between two beats is taken. */
const LEVEL_HALF = 10;

/**
 * Median of like beats. Each beat is moved to where it correlates best with the median of all, over all leads, and those
 * that are not like it are left out; three times, as the median changes (Jane, Rix, Caminal & Laguna, IEEE Trans Biomed Eng 1991;
 * 38:571-579, on alignment by correlation). A straight line through the level before the beat and before the next one is
 * its baseline.
 * @param signals one array a lead, at 500 Hz, in mV, finite
 * @param peaks R peaks of the beats to average, samples, ascending, windows within the signals
 */
export function averageBeats(
  signals: readonly Float64Array[],
  peaks: readonly number[],
  window: BeatWindow,
): AveragedSignals {
  const shifts = peaks.map(() => 0);
  let used = peaks.map((_, i) => i);
  let leads = medianOf(signals, peaks, shifts, used, window);
  for (let round = 0; round < ROUNDS; round++) {
    const likeness = peaks.map((peak, i) => {
      const best = bestShift(signals, leads, peak, window);
      shifts[i] = best;
      return correlation(signals, leads, peak + best, window, -window.before, window.after);
    });
    const alike = peaks.map((_, i) => i).filter((i) => likeness[i]! >= ALIKE);
    // Where few are alike, the better half still says more than all.
    used = alike.length >= 3 ? alike : betterHalf(likeness);
    leads = medianOf(signals, peaks, shifts, used, window);
  }
  return { leads, used };
}

function betterHalf(likeness: readonly number[]): number[] {
  const order = likeness.map((_, i) => i).sort((a, b) => likeness[b]! - likeness[a]!);
  return order.slice(0, Math.max(1, Math.ceil(order.length / 2))).sort((a, b) => a - b);
}

function bestShift(
  signals: readonly Float64Array[],
  leads: readonly Float64Array[],
  peak: number,
  window: BeatWindow,
): number {
  let best = 0;
  let highest = -Infinity;
  for (let shift = -REACH; shift <= REACH; shift++) {
    const value = correlation(signals, leads, peak + shift, window, -ALIGN_HALF, ALIGN_HALF);
    if (value <= highest) continue;
    highest = value;
    best = shift;
  }
  return best;
}

/** Pooled correlation of a beat with the median over [from, to) about R, each lead about its own mean. */
function correlation(
  signals: readonly Float64Array[],
  leads: readonly Float64Array[],
  peak: number,
  { before }: BeatWindow,
  from: number,
  to: number,
): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  const count = to - from;
  signals.forEach((signal, l) => {
    const median = leads[l]!;
    let sa = 0;
    let sb = 0;
    let sab = 0;
    let saa = 0;
    let sbb = 0;
    for (let i = from; i < to; i++) {
      const a = signal[peak + i] ?? 0;
      const b = median[before + i] ?? 0;
      sa += a;
      sb += b;
      sab += a * b;
      saa += a * a;
      sbb += b * b;
    }
    ab += sab - (sa * sb) / count;
    aa += saa - (sa * sa) / count;
    bb += sbb - (sb * sb) / count;
  });
  return ab / Math.sqrt(aa * bb + 1e-30);
}

function medianOf(
  signals: readonly Float64Array[],
  peaks: readonly number[],
  shifts: readonly number[],
  used: readonly number[],
  { before, after }: BeatWindow,
): Float64Array[] {
  return signals.map((signal) => {
    const beats = used.map((i) => {
      const first = peaks[i]! + shifts[i]! - before;
      const level = levelAt(signal, first);
      const next = peaks[i + 1];
      const nextLevel = next === undefined ? level : levelAt(signal, next - before);
      const length = next === undefined ? 1 : Math.max(1, next - peaks[i]!);
      return { first, level, slope: (nextLevel - level) / length };
    });
    const median = new Float64Array(before + after);
    const column = new Float64Array(beats.length);
    for (let i = 0; i < median.length; i++) {
      beats.forEach(({ first, level, slope }, k) => {
        column[k] = (signal[first + i] ?? 0) - level - slope * i;
      });
      median[i] = medianOfSorted(column.sort());
    }
    return median;
  });
}

function levelAt(signal: Float64Array, at: number): number {
  const around = signal.slice(Math.max(0, at - LEVEL_HALF), Math.max(0, at + LEVEL_HALF)).sort();
  return around[around.length >> 1] ?? 0;
}
