import type {
  BeatColumns,
  FindingCounts,
  HeartRate,
  HeartRateTrend,
  RecordingInfo,
  Segment,
  SegmentDecision,
} from '../../shared/domain';

/** A line of the findings table on page 1. */
export interface ReportFinding {
  /** As a reader says it: `Ventricular couplets`. */
  readonly kind: string;
  /** Every place of it gets a strip, as long as there is room. */
  readonly neverLeftOut: boolean;
  readonly count: number;
  /** Of them decided. */
  readonly reviewed: number;
  /** Indices of the segments that hold at least one. */
  readonly segments: readonly number[];
  /** Start of the example shown, seconds. */
  readonly exampleS: number;
  /** Longest or fastest, with units, or null where neither means anything. */
  readonly extreme: string | null;
  /** How many of them begin on a strip. */
  readonly inStrips: number;
}

export interface StripLead {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Millivolts from the strip's first instant; NaN where missing. */
  readonly samplesMv: Float32Array;
}

/** Where the model looked in a strip. */
export interface StripAttention {
  readonly stepS: number;
  /** 0 to 1 of the strip's own maximum, in equal steps from the strip's start. */
  readonly values: Float32Array;
  /** Whether masking what it attended to lowered the verdict; null where that was not measured. */
  readonly faithful: boolean | null;
  /** True where hardly anything stands out, so that the values say next to nothing. */
  readonly even: boolean;
}

/** Ten seconds of paper: one flagged segment with everything a reader needs to judge it. */
export interface ReportStrip {
  readonly segment: Segment;
  /** Why it was chosen: `Ventricular couplets`, or the verdict alone. */
  readonly title: string;
  /** Where on it the thing lies that it was chosen for. */
  readonly aboutS: number;
  readonly startS: number;
  readonly endS: number;
  readonly leads: readonly StripLead[];
  readonly decision: SegmentDecision | null;
  readonly attention: StripAttention | null;
}

/** All that the PDF says. Structured-cloneable: it is written by a worker thread. */
export interface ReportData {
  readonly recording: RecordingInfo;
  readonly recordSha256: string;
  readonly model: {
    id: string;
    version: string;
    sha256: string;
    scheme: string;
    threshold: number;
    /** What the card says it is not made for, a sentence each. */
    limits: readonly string[];
  };
  readonly segments: readonly Segment[];
  readonly decisions: readonly SegmentDecision[];
  /** As the reader left them. */
  /** Those that count. */
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
  /** Beats that the reader changed, added or deleted. */
  readonly editedBeats: number;
  readonly heartRate: HeartRate | null;
  readonly trend: HeartRateTrend;
  readonly counts: FindingCounts;
  /** Seconds in which at least one ECG lead can be read. */
  readonly analysableS: number;
  /** False for a model that names neither beats nor rhythm. */
  readonly namesBeats: boolean;
  /** Shorter atrial fibrillation is an irregular rhythm; a recording that is shorter can have none. */
  readonly afS: number;
  /** Longest atrial fibrillation or flutter, seconds; 0 without any. */
  readonly longestAfS: number;
  /** Findings that the reader rejected: in no other figure. */
  readonly rejected: number;
  readonly findings: readonly ReportFinding[];
  readonly strips: readonly ReportStrip[];
  /** Flagged segments that are in no strip, by the same titles as the strips; shown as a count. */
  readonly leftOut: readonly { readonly title: string; readonly segments: number }[];
  /** What must be known before page 1 is believed, a sentence or two each. */
  readonly cautions: readonly string[];
  readonly reader: string;
  readonly createdAtMs: number;
  readonly version: string;
  readonly filterLabel: string;
}

export interface ReportOptions {
  readonly paper: 'A4' | 'Letter';
  /** False leaves out name, age, sex, comments, clock times and the recording's date. */
  readonly identity: boolean;
}
