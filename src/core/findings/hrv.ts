import { BEAT_CLASSES, type BeatRows, type Hrv, type TimeSpan } from '../../shared/domain';
import { touches } from './time-spans';

const NORMAL = BEAT_CLASSES.indexOf('N');
/** An interval outside these is a missed or doubled beat, or a pause: 200 and 30 bpm. */
const SHORTEST_NN_MS = 300;
const LONGEST_NN_MS = 2000;
const NN50_MS = 50;
const SDANN_WINDOW_MS = 300_000;
/** Fewer stretches of 5 min have no spread worth the name. */
const LEAST_WINDOWS = 3;

/**
 * Variability of the intervals between normal beats: SDNN, SDANN over 5 min, RMSSD and pNN50 (Task Force of ESC and
 * NASPE, Circulation 1996;93:1043), with the sample standard deviation and the windows of NeuroKit2 0.3. Only
 * differences of intervals that share a beat are successive.
 * @param af stretches of atrial fibrillation or flutter, in time order: no interval in them is one between sinus beats
 * @returns null without an interval
 */
export function hrv({ timeS, beatClass, follows }: BeatRows, af: readonly TimeSpan[]): Hrv | null {
  const nnMs: number[] = [];
  /** End of each, from the start of the first one. */
  const endMs: number[] = [];
  const differencesMs: number[] = [];
  const leftOut = { ectopic: 0, af: 0, outlying: 0 };
  let intervals = 0;
  let previousMs: number | null = null;
  let firstS = 0;
  for (let i = 1; i < timeS.length; i++) {
    const beforeMs = previousMs;
    previousMs = null;
    if (follows[i] !== 1) continue;
    intervals++;
    const ms = 1000 * (timeS[i]! - timeS[i - 1]!);
    const isNormal = beatClass[i - 1] === NORMAL && beatClass[i] === NORMAL;
    if (!isNormal) leftOut.ectopic++;
    else if (touches(af, timeS[i - 1]!, timeS[i]!)) leftOut.af++;
    else if (ms < SHORTEST_NN_MS || ms > LONGEST_NN_MS) leftOut.outlying++;
    else {
      if (nnMs.length === 0) firstS = timeS[i - 1]!;
      nnMs.push(ms);
      endMs.push(1000 * (timeS[i]! - firstS));
      if (beforeMs !== null) differencesMs.push(ms - beforeMs);
      previousMs = ms;
    }
  }
  if (intervals === 0) return null;
  const squares = differencesMs.reduce((sum, ms) => sum + ms * ms, 0);
  const over = differencesMs.filter((ms) => Math.abs(ms) > NN50_MS).length;
  return {
    sdnnMs: spread(nnMs),
    sdannMs: sdann(nnMs, endMs),
    rmssdMs: differencesMs.length > 0 ? Math.sqrt(squares / differencesMs.length) : null,
    pnn50: differencesMs.length > 0 ? over / nnMs.length : null,
    intervals: nnMs.length,
    nnShare: nnMs.length / intervals,
    leftOut,
  };
}

function sdann(nnMs: readonly number[], endMs: readonly number[]): number | null {
  const windows = Math.round((endMs.at(-1) ?? 0) / SDANN_WINDOW_MS);
  if (windows < LEAST_WINDOWS) return null;
  const sums = new Float64Array(windows);
  const counts = new Uint32Array(windows);
  endMs.forEach((end, i) => {
    const window = Math.floor(end / SDANN_WINDOW_MS);
    if (window >= windows) return;
    sums[window]! += nnMs[i]!;
    counts[window]!++;
  });
  return spread([...sums].map((sum, i) => sum / counts[i]!).filter((_, i) => counts[i]! > 0));
}

/** Sample standard deviation, null with fewer than two values. */
function spread(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
