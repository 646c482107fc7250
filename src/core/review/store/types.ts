import type { Settings } from '../../../shared/contract';
import type {
  AnalysisStatus,
  BeatColumns,
  Failure,
  QrsWidth,
  QualityColumns,
  RecordingAbout,
  RhythmEpisode,
  Segment,
  Teaching,
  TimeSpan,
  Told,
  WorklistFigures,
} from '../../../shared/domain';

/** Where a recording was last seen, and what is known of it without opening it. */
export interface StoredRecording {
  /** Derived from the path (`recordingIdOf`); stable over restarts. */
  readonly recordingId: string;
  /** Absolute path of the .hea file. */
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly synthetic: boolean;
  /** Sizes and times of the record's files when `contentHash` was computed: tells a changed file. */
  readonly fingerprint: string | null;
  /** SHA-256 (hex) over the record's files; null until first needed. */
  readonly contentHash: string | null;
  readonly openedAtMs: number | null;
  /** False once a reader took it off the worklist. */
  readonly listed: boolean;
}

/** Everything an analysis found. */
export interface AnalysisResult {
  readonly segments: readonly Segment[];
  readonly beats: BeatColumns;
  readonly episodes: readonly RhythmEpisode[];
  /** Of models whose tokens are heartbeats; absent from analyses that earlier versions stored. */
  readonly attention?: AttentionColumns | undefined;
  /** Quality of every lead, second by second; absent likewise. */
  readonly quality?: QualityColumns | undefined;
  /** How wide QRS is in stretches over the recording; absent likewise, and where it could not be measured. */
  readonly qrsWidths?: readonly QrsWidth[] | undefined;
  /** Beats of forms unlike those that the networks learned from, of all whose forms were compared; absent likewise. */
  readonly unlike?: NonNullable<Teaching['unlike']> | undefined;
  /** Gaps between beats that are no pause, in time order (`restlessGaps`); absent likewise, and where there is none. */
  readonly restless?: readonly TimeSpan[] | undefined;
  /** What was analysed; absent likewise. */
  readonly origin?: AnalysisOrigin | undefined;
  /** Spans that are known, while they are not all that comes before the last beat; never stored. */
  readonly analysed?: readonly TimeSpan[] | undefined;
}

/** What findings need to know of a recording besides what was found in it. */
export interface AnalysisOrigin {
  readonly durationS: number;
  /** As in `RecordingInfo`. */
  readonly startClock: string | null;
  /** Whether the model names beats at all. */
  readonly findsBeats: boolean;
  /** Every signal of the recording. */
  readonly leads: readonly { index: number; name: string; isEcg: boolean }[];
}

/** Attention of every segment's beats, one segment after the other, so that paper needs no second inference. */
export interface AttentionColumns {
  /** Where each segment's entries end, [segments]. */
  readonly ends: Uint32Array;
  /** R peaks, seconds from the start of their segment. */
  readonly offsetS: Float32Array;
  /** Share of the segment's attention; a segment's shares sum to 1. */
  readonly share: Float32Array;
}

/** What an analysis is keyed by; `analysisId` is a hash of these three (`analysisIdOf`). */
export interface AnalysisKey {
  readonly contentHash: string;
  /** SHA-256 of the model's `scan` graph (`modelSha256`). */
  readonly modelSha256: string;
  /** Canonical JSON of what else decides the result: lead, segment grid, threshold. */
  readonly parameters: string;
}

export interface StoredAnalysis {
  readonly analysisId: string;
  readonly key: AnalysisKey;
  readonly modelId: string;
  /** Always of state `done`: only finished analyses are kept. */
  readonly status: AnalysisStatus;
  readonly result: AnalysisResult;
}

/** One line of the worklist's figures for an analysis, without loading its result. */
export interface AnalysisSummary {
  readonly contentHash: string;
  readonly analysisId: string;
  readonly modelId: string;
  /** Lines of its trail. */
  readonly acts: number;
  /** False where no counts are stored as of the last of them: what can be was then counted by the trail. */
  readonly isCounted: boolean;
  readonly flagged: number;
  readonly decided: number;
  /** Urgent findings that are open; null where they have not been counted. */
  readonly needReader: number | null;
  /** Null where they have not been counted since the last decision. */
  readonly figures: WorklistFigures | null;
  /** Readers have acted on an analysis of the same content that came before it. */
  readonly isReviewedEarlier?: boolean;
  /** Why the decisions on it cannot be shown, in one sentence. */
  readonly damage?: Told;
}

/** What an analysis is counted as in the worklist, as of one event of its trail. */
export interface ReviewCounts {
  readonly sequence: number;
  readonly flagged: number;
  readonly decided: number;
  readonly needReader: number;
  readonly figures: WorklistFigures;
}

/**
 * What the service keeps between runs. Calls are synchronous and short (SQLite in the engine's own thread);
 * a write that returned survives a kill.
 */
export interface Store {
  recordings(): StoredRecording[];
  recording(recordingId: string): StoredRecording | null;
  putRecording(recording: StoredRecording): void;
  /** What is known of recordings that were opened once, by recording id. */
  abouts(): ReadonlyMap<string, RecordingAbout>;
  putAbout(recordingId: string, about: RecordingAbout): void;
  /** Why recordings could not be read when they were last tried, by recording id. */
  unread(): ReadonlyMap<string, Pick<Failure, 'message' | 'said'>>;
  /** Null where it can be read again. What says nothing of the recording's files is not kept. */
  putUnread(recordingId: string, failure: Failure | null): void;

  analysis(analysisId: string): StoredAnalysis | null;
  putAnalysis(analysis: StoredAnalysis): void;
  /** Latest first. */
  analysesOf(contentHash: string): AnalysisSummary[];
  /** The latest analysis of every content that has one, by content hash. */
  latestAnalyses(): ReadonlyMap<string, AnalysisSummary>;
  putCounts(analysisId: string, counts: ReviewCounts): void;

  /** Keeps the PDF of a signed version, for good. */
  putSignedReport(analysisId: string, version: number, pdf: Uint8Array): void;
  /** Null where there is none in this store. */
  signedReport(analysisId: string, version: number): Uint8Array | null;
  hasSignedReport(analysisId: string, version: number): boolean;

  /** As stored, unchecked: `readSettings` checks each field. */
  settings(): Record<string, unknown>;
  putSettings(settings: Settings): void;

  close(): void;
}
