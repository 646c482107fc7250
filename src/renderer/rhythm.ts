import type { BeatColumns, RhythmEpisode } from '../shared/domain';
import { BEAT_CLASSES, lowerBound } from './domain';

export interface RhythmFacts {
  /** Mean rate over the RR intervals inside, or null with fewer than two beats. */
  readonly heartRateBpm: number | null;
  readonly rrMinMs: number | null;
  readonly rrMaxMs: number | null;
  /** Beats per class, classes without any left out, in the order of BEAT_CLASSES. */
  readonly counts: readonly { symbol: string; count: number }[];
}

/** Rate, RR range and beats between two times. */
export function rhythmBetween(beats: BeatColumns, startS: number, endS: number): RhythmFacts {
  const first = lowerBound(beats.timeS, startS);
  const last = lowerBound(beats.timeS, endS);
  let min = Infinity;
  let max = 0;
  for (let i = first + 1; i < last; i++) {
    const rr = (beats.timeS[i]! - beats.timeS[i - 1]!) * 1000;
    min = Math.min(min, rr);
    max = Math.max(max, rr);
  }
  const counts = new Array<number>(BEAT_CLASSES.length).fill(0);
  for (let i = first; i < last; i++) counts[beats.beatClass[i]!]!++;
  const spanS = last - first >= 2 ? beats.timeS[last - 1]! - beats.timeS[first]! : 0;
  return {
    heartRateBpm: spanS > 0 ? (60 * (last - first - 1)) / spanS : null,
    rrMinMs: max > 0 ? min : null,
    rrMaxMs: max > 0 ? max : null,
    counts: BEAT_CLASSES.map((symbol, i) => ({ symbol, count: counts[i]! })).filter(
      (c) => c.count > 0,
    ),
  };
}

/** Highest probability among the episodes of a rhythm that overlap a stretch; null without one. */
export function episodeCue(
  episodes: readonly RhythmEpisode[],
  rhythm: string,
  startS: number,
  endS: number,
): number | null {
  let best: number | null = null;
  for (const e of episodes)
    if (e.rhythm.includes(rhythm) && e.startS < endS && e.endS > startS)
      best = Math.max(best ?? 0, e.probability ?? 1);
  return best;
}

/** A trend's value is a mean over at least this long, or single beats would make it jump. */
const TREND_WINDOW_S = 8;

/** Heart rate for a trend: one mean per bin; NaN where fewer than two beats fall into its window. */
export function heartRateTrend(beats: BeatColumns, durationS: number, bins: number): Float32Array {
  const trend = new Float32Array(bins).fill(NaN);
  const binS = durationS / bins;
  const pad = Math.max(0, (TREND_WINDOW_S - binS) / 2);
  for (let b = 0; b < bins; b++) {
    const first = lowerBound(beats.timeS, b * binS - pad);
    const last = lowerBound(beats.timeS, (b + 1) * binS + pad) - 1;
    if (last > first) trend[b] = (60 * (last - first)) / (beats.timeS[last]! - beats.timeS[first]!);
  }
  return trend;
}
