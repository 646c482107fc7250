import type { UnreadableReason } from '../dsp';

/** The longest stretch of a segment without a beat, in whatever lead. */
export interface Stillness {
  readonly gapS: number;
  /** It is no pause (`restlessGaps`): beats in it were missed. */
  readonly isRestless: boolean;
  /** Not one beat was found in the segment. */
  readonly isEmpty: boolean;
}

/** One window of the plain or flush grid, cut from the filtered signal at the model's rate. */
export interface SegmentWindow {
  readonly index: number;
  readonly startS: number;
  readonly endS: number;
  readonly unreadable: UnreadableReason | null;
  /** Noise may lie on half of it or more: only what is sure is said of it. */
  readonly isDoubtful?: boolean;
  /** A lead is noisy for a second or more of it: what a network flags there is sure, or noise. */
  readonly isDisturbed?: boolean;
  /** Ventricular fibrillation may be in it (`hasFibrillatingWaves`), where that was looked for. */
  readonly mayFibrillate?: boolean;
  /** Its fastest rate where no heart at rest has that in sinus rhythm (`fastRate`), bpm; else 0. */
  readonly fastBpm?: number;
  /** Its complexes are too slow to be conducted (`hasSlowComplexes`), where that was looked for. */
  readonly isSlow?: boolean;
  /** Its longest stretch without a beat, where beats were looked for. */
  readonly still?: Stillness;
}

/** Where a model looked in one segment, averaged over its heads. */
export interface Attended {
  /** Share of the segment's attention per token, summing to 1. */
  readonly shares: Float32Array;
  /** Width of a token, seconds, where tokens tile the segment from its start. */
  readonly stepS: number;
  /** R peak of each token, seconds from the start of the recording, where tokens are heartbeats; else null. */
  readonly beatTimesS: Float64Array | null;
}

/** Attention of one segment's beats, as an analysis yields it. */
export interface BeatShares {
  /** Seconds from the start of the recording, [beats of the segment]. */
  readonly timeS: Float64Array;
  /** Summing to 1, [beats of the segment]. */
  readonly share: Float32Array;
}
