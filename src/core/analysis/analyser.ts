import type {
  BeatColumns,
  LabelScheme,
  Overlay,
  QrsWidth,
  Result,
  RhythmEpisode,
  Segment,
  TimeSpan,
  WhatIfAnswer,
} from '../../shared/domain';
import type { Inference, ModelFiles, TrialBatch } from '../inference/types';
import type { AnalysisResult } from '../review/store/types';
import type { OpenRecording } from '../formats/open-recording';
import type { Pool } from '../workers/types';
import type { SharedReads } from '../base/shared-reads';
import type { StretchBeats } from './beat-model/beat-stretch';
import type { Attended, BeatShares } from './types';

/** Everything an analyser works with. Sample work goes to `pool` (lane `bulk`), models to `inference`. */
export interface AnalyserInput {
  /** Opened for its header and for short reads; long reads belong into tasks, by `recording.path`. */
  readonly recording: OpenRecording;
  readonly model: ModelFiles;
  /** Lead that the reader chose for a single-lead model; null lets the model's preference decide. */
  readonly lead: number | null;
  /** Label scheme to answer under, for evaluation; by default the card's. A model that knows only one ignores it. */
  readonly scheme?: LabelScheme;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly signal: AbortSignal;
}

/** What is known where a model is only tried: nothing runs yet. */
export type TrialInput = Omit<AnalyserInput, 'inference'>;

/** What looking at single segments needs besides: many are looked at that lie in the same minutes. */
export interface ExplainInput extends AnalyserInput {
  readonly reads: SharedReads<StretchBeats>;
}

/** What is known before the first sample is read. */
export interface AnalysisPlan {
  readonly segmentsTotal: number;
  /** Index and name of the lead a single-lead model reads; null where the model reads several. */
  readonly lead: { readonly index: number; readonly name: string } | null;
}

/** A piece of the answer. Pieces of one kind come in time order and never twice. */
export type AnalyserUpdate =
  | {
      readonly kind: 'segments';
      readonly segments: readonly Segment[];
      /** Where tokens are heartbeats, which of them each segment attended to; in the order of `segments`. */
      readonly attention?: readonly (BeatShares | null)[];
    }
  /** To be appended to the beats so far. */
  | { readonly kind: 'beats'; readonly beats: BeatColumns }
  | { readonly kind: 'episodes'; readonly episodes: readonly RhythmEpisode[] }
  /** Quality of one lead (`signalQuality`), one value a second from the whole second `fromS` on. */
  | {
      readonly kind: 'quality';
      /** Index in the recording. */
      readonly lead: number;
      readonly fromS: number;
      readonly level: Uint8Array;
    }
  /** Gaps between beats in which no lead is quiet, or another shows complexes: no pauses. They may overlap. */
  | { readonly kind: 'restless'; readonly gaps: readonly TimeSpan[] }
  /** Of so many more beats how many have forms unlike those that the networks learned from. */
  | { readonly kind: 'unlike'; readonly beats: number; readonly of: number }
  /** How wide QRS is, measured in stretches over the recording. */
  | { readonly kind: 'qrs-widths'; readonly widths: readonly QrsWidth[] }
  /** Work done before the first segment can be given, 0 to 1 of the whole. */
  | { readonly kind: 'progress'; readonly done: number };

/**
 * One kind of model (`ModelCard.kind`): recording in, segments, beats and episodes out. An analyser holds no
 * state between calls and keeps its memory bounded whatever the length of the recording.
 */
export interface Analyser {
  /** Whether its models name beats at all. */
  readonly findsBeats: boolean;
  plan(input: AnalyserInput): Result<AnalysisPlan>;
  /**
   * Yields updates until the recording is through. A failure is yielded once, as the last value; aborting
   * ends with `cancelled` within 200 ms. A segment that cannot be read is yielded as Unreadable, never left out.
   */
  run(input: AnalyserInput): AsyncIterable<Result<AnalyserUpdate>>;
  /**
   * What is found in a minute or so, long before `run` comes there: shown until then, and never kept, as with less
   * around it a beat may be named otherwise. Absent where `run` gives its first answers as soon.
   */
  glance?(input: AnalyserInput, span: TimeSpan): Promise<Result<AnalyserUpdate[]>>;
  /** Reads some seconds as `glance` does, so that its code is loaded and compiled when a reader waits for it. */
  rehearse?(input: TrialInput): Promise<Result<void>>;
  /** Where the model looked in one segment of a finished or running analysis. */
  explain(input: ExplainInput, segment: Segment, result: AnalysisResult): Promise<Result<Overlay>>;
  /**
   * The attention of several segments, without the runs that measure how faithful it is: a tenth of the work, for
   * paper. In the order of `segments`; null where the model did not look.
   */
  attend(
    input: ExplainInput,
    segments: readonly Segment[],
  ): Promise<Result<readonly (Attended | null)[]>>;
  /** Whether its models read one lead at a time, so that another can be read instead and none be left out. */
  readonly replacesLead: boolean;
  /** One segment read once more, as it is and with one thing changed; nothing of it is kept. */
  whatIf(input: AnalyserInput, segment: Segment): Promise<Result<WhatIfAnswer[]>>;
  /** What an analysis of this recording hands over at a time, to try execution providers with. */
  trial(input: TrialInput): Promise<Result<TrialBatch>>;
}
