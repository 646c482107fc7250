import type { BeatColumns } from '../../shared/domain';

/** Shortest and longest RR that a rate is made of: 300 and 20 bpm. Others are misses or artefacts. */
const SHORTEST_RR_S = 0.2;
const LONGEST_RR_S = 3;
/** Fewer intervals than this in a window make no rate. */
const LEAST_INTERVALS = 3;

export interface HeartRate {
  /** Beats per minute over all accepted intervals. */
  readonly meanBpm: number;
  /** Lowest and highest value of the trend. */
  readonly minBpm: number;
  readonly maxBpm: number;
  /** Rate at the middle of each bin: 60 / median RR over `windowS`; NaN where it cannot be told. */
  readonly trend: { readonly timeS: Float64Array; readonly bpm: Float32Array };
}

/**
 * Heart rate over a recording. The median over a window holds one premature beat and its pause back, so that
 * the trend is that of the underlying rhythm.
 * @param durationS length of the recording
 * @param windowS width of the window around each point, 10 s as in a segment
 * @param points number of points of the trend at the most
 * @returns null with fewer than four beats
 */
export function heartRate(
  beats: Pick<BeatColumns, 'timeS'>,
  durationS: number,
  windowS = 10,
  points = 720,
): HeartRate | null {
  const { timeS } = beats;
  const rrS: number[] = [];
  const atS: number[] = [];
  for (let i = 1; i < timeS.length; i++) {
    const rr = timeS[i]! - timeS[i - 1]!;
    if (rr < SHORTEST_RR_S || rr > LONGEST_RR_S) continue;
    rrS.push(rr);
    atS.push(timeS[i]!);
  }
  if (rrS.length < LEAST_INTERVALS) return null;
  const stepS = Math.max(windowS / 2, durationS / points);
  const count = Math.max(1, Math.ceil(durationS / stepS));
  const trendS = new Float64Array(count);
  const bpm = new Float32Array(count).fill(NaN);
  let from = 0;
  let to = 0;
  for (let bin = 0; bin < count; bin++) {
    const middleS = (bin + 0.5) * stepS;
    trendS[bin] = middleS;
    const halfS = Math.max(windowS, stepS) / 2;
    while (from < atS.length && atS[from]! < middleS - halfS) from++;
    while (to < atS.length && atS[to]! <= middleS + halfS) to++;
    if (to - from >= LEAST_INTERVALS) bpm[bin] = 60 / median(rrS.slice(from, to));
  }
  const known = [...bpm].filter((value) => !Number.isNaN(value));
  const meanBpm = (60 * rrS.length) / rrS.reduce((sum, rr) => sum + rr, 0);
  return {
    meanBpm,
    minBpm: known.length > 0 ? Math.min(...known) : meanBpm,
    maxBpm: known.length > 0 ? Math.max(...known) : meanBpm,
    trend: { timeS: trendS, bpm },
  };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
