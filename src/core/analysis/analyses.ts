import type { Handlers } from '../../shared/contract';
import type { AnalysisStatus, Result, Segment } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import type { Inference } from '../inference/types';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import type { ReviewedAnalysis } from '../review/readings';
import type { Store, StoredAnalysis } from '../review/store/types';
import type { Pool } from '../workers/types';
import type { Jobs } from './jobs';
import type { Models } from './models';
import type { SegmentAttention } from './overlays/known-attention';

export interface AnalysisDependencies {
  readonly pool: Pool;
  readonly inference: Inference;
  readonly library: Library;
  readonly recordings: RecordingCache;
  readonly store: Store;
  readonly models: Models;
  readonly jobs: Jobs;
  /** Told when a finished analysis is in the store. */
  readonly kept: (analysisId: string) => void;
}

/** What depends on the reader's decisions is the review's. */
type Names = Exclude<
  Extract<keyof Handlers, `analysis.${string}`>,
  'analysis.findings' | 'analysis.findingsSince' | 'analysis.segments' | 'analysis.measurements'
>;

/** Where the samples of an analysis lie, what they are called on the worklist, and the lead that was chosen. */
export interface AnalysisSource {
  readonly path: string;
  readonly name: string;
  readonly lead: number | null;
}

export interface Analyses {
  readonly handlers: Pick<Handlers, Names>;
  /**
   * Reads files on behalf of an analysis: the one way to samples that are shown or printed beside its verdicts.
   * @returns the work's answer; `conflict` where the files are not what the analysis was of, or change meanwhile
   */
  withFiles<T>(analysisId: string, signal: AbortSignal, work: FilesWork<T>): Promise<Result<T>>;
  /**
   * A finished analysis as the store has it, and what a reader must know of it before believing it.
   * @returns `not-found` for one that is unknown or still runs, `not-writable` for one that the store did not take
   */
  finished(analysisId: string): Result<StoredAnalysis>;
  /** What there is to decide on, and the hash of the model that found it; null for an unknown analysis. */
  reviewed(analysisId: string): ReviewedAnalysis | null;
  /** Index of the lead that it read, where that is one alone: a network's own choice, or the reader's; else null. */
  leadRead(analysisId: string): number | null;
  /** A reader has it before them: from now on it is the present reading of its recording. */
  openForReader(analysisId: string): void;
  /** Whether it is the present reading of its recording; true for an unknown one. */
  isPresent(analysisId: string): boolean;
  /**
   * Attention of several segments by index, for paper: what the analysis kept, or one run each. Segments in which
   * the model did not look are left out.
   * @param measure also measures the faithfulness of each, where nobody has looked yet: a second for three segments
   */
  attention(
    analysisId: string,
    segments: readonly Segment[],
    measure: boolean,
    signal: AbortSignal,
  ): Promise<Result<ReadonlyMap<number, SegmentAttention>>>;
  /**
   * Analyses a recording, or finds what is stored, and waits for the end: the one wait of whoever has no use for a
   * part of an analysis. Whoever stops it ends what they began, and not what a reader or somebody else wants as well.
   * @returns the status of a finished analysis; else why it failed, `cancelled` among it
   */
  complete(recordingId: string, options: CompleteOptions): Promise<Result<AnalysisStatus>>;
}

export type FilesWork<T> = (opened: OpenRecording, source: AnalysisSource) => Promise<Result<T>>;

export interface CompleteOptions {
  /** Null for the default model. */
  readonly modelId: string | null;
  /** Index of the lead to read; null lets the model choose. */
  readonly lead: number | null;
  readonly signal: AbortSignal;
  onProgress?(status: AnalysisStatus): void;
}
