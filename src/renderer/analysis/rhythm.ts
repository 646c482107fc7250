import type { HeartRate, RhythmEpisode } from '../../shared/domain';
import type { BeatRows } from '../../shared/domain/beat-rows';
import { heartRate, rrRange } from '../../shared/domain/heart-rate';
import { BEAT_CLASSES, lowerBound } from './beat-classes';

export interface RhythmFacts {
  /** Null without an interval. */
  readonly rate: HeartRate | null;
  readonly rr: { readonly shortestMs: number; readonly longestMs: number } | null;
  /** Beats per class, classes without any left out, in the order of BEAT_CLASSES. */
  readonly counts: readonly { symbol: (typeof BEAT_CLASSES)[number]; count: number }[];
}

/** Rate, intervals and beats between two times; an interval that crosses an edge belongs to both its sides. */
export function rhythmBetween(beats: BeatRows, startS: number, endS: number): RhythmFacts {
  const first = lowerBound(beats.timeS, startS);
  const last = lowerBound(beats.timeS, endS);
  const counts = new Array<number>(BEAT_CLASSES.length).fill(0);
  for (let i = first; i < last; i++) counts[beats.beatClass[i]!]!++;
  return {
    rate: heartRate(beats, startS, endS),
    rr: rrRange(beats, startS, endS),
    counts: BEAT_CLASSES.map((symbol, i) => ({ symbol, count: counts[i]! })).filter(
      (c) => c.count > 0,
    ),
  };
}

/** The interval that a moment is in, ms; null where it cannot be measured. */
export function rrAt({ timeS, follows }: BeatRows, atS: number): number | null {
  const next = lowerBound(timeS, atS);
  return follows[next] === 1 ? (timeS[next]! - timeS[next - 1]!) * 1000 : null;
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
