import type {
  ClockHours,
  ConclusionSentence,
  CountedBeats,
  Finding,
  FindingCounts,
  FindingThresholds,
  HeartRate,
  HeartRateTrend,
  HourRow,
  Hue,
  KeptCaliper,
  LeadLayout,
  Measurements,
  RecordingInfo,
  Result,
  TimeSpan,
} from '../../shared/domain';
import type { Language } from '../../shared/words';
import type { ReportContent } from './content';
import type { StripSweep } from './strip-rows';
import type { Summary } from './summary';

export interface StripLead {
  /** In the recording. */
  readonly index: number;
  readonly name: string;
  readonly samplingRateHz: number;
  /** Millivolts from the row's first instant; NaN where missing. */
  readonly samplesMv: Float32Array;
}

/** Where the model looked in a row of a strip. */
export interface StripAttention {
  /** Seconds of the recording that the values cover. */
  readonly startS: number;
  readonly stepS: number;
  /** 0 to 1 of the segment's own maximum, in equal steps. */
  readonly values: Float32Array;
  /** Whether masking what it attended to lowered the verdict; null where that was not measured. */
  readonly faithful: boolean | null;
  /** True where hardly anything stands out, so that the values say next to nothing. */
  readonly even: boolean;
}

/** One row of a strip's paper. */
export interface StripRow extends TimeSpan {
  readonly leads: readonly StripLead[];
  readonly attention: StripAttention | null;
}

/** A strip: what it is about, whole, with a beat on either side. */
export interface ReportStrip {
  /** As its finding's or stretch's. */
  readonly id: string;
  readonly title: string;
  readonly comment: string;
  /** The note that was written with the decision. */
  readonly note: string;
  /** What was decided on its finding; null for a stretch. */
  readonly state: Finding['state'] | null;
  /** Over the bracket, as `VT, 12 beats, 159 bpm`; empty for none. */
  readonly chip: string;
  readonly hue: Hue;
  /** What the bracket spans. */
  readonly about: TimeSpan;
  readonly sweepMmPerS: StripSweep;
  readonly leftOutS: number;
  readonly rows: readonly StripRow[];
  /** Which of how many rows these are, counted from 1, where the others stand on another page. */
  readonly part?: { readonly from: number; readonly to: number; readonly of: number };
}

/** Ten seconds of twelve leads, drawn together. */
export interface TwelveLeads extends TimeSpan {
  readonly layout: LeadLayout;
  readonly filterLabel: string;
  /** In the standard order. */
  readonly leads: readonly StripLead[];
  /** The averaged beat of the recording, or why there is none. */
  readonly measured: Result<Measurements>;
}

/** All that the PDF says. Structured-cloneable: it is written by a worker thread. */
export interface ReportData {
  /** What it is written in. */
  readonly language: Language;
  readonly clockHours: ClockHours;
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
  readonly content: ReportContent;
  /** The conclusion as this report prints it: without clock times where the identity is left out. */
  readonly sentences: readonly ConclusionSentence[];
  readonly summary: Summary;
  readonly thresholds: FindingThresholds;
  /** Every finding, rejected ones among them. */
  readonly findings: readonly Finding[];
  /** Those that count, as the reader left them. */
  readonly beats: Pick<CountedBeats, 'timeS' | 'beatClass'>;
  readonly counts: FindingCounts;
  readonly heartRate: HeartRate | null;
  readonly trend: HeartRateTrend;
  readonly hours: readonly HourRow[];
  /** What could not be read. */
  readonly unreadable: readonly TimeSpan[];
  /** Seconds in which at least one ECG lead can be read. */
  readonly analysableS: number;
  /** False for a model that names neither beats nor rhythm. */
  readonly namesBeats: boolean;
  readonly strips: readonly ReportStrip[];
  readonly twelveLeads: TwelveLeads | null;
  /** What was measured with the calipers; drawn where a strip or the page of twelve leads shows it. */
  readonly marks: readonly KeptCaliper[];
  /** Notes on findings and segments that no strip shows. */
  readonly notes: readonly {
    readonly atS: number;
    readonly title: string;
    readonly note: string;
  }[];
  /** What must be known before page 1 is believed, a sentence or two each. */
  readonly cautions: readonly string[];
  /** Who wrote or signs it; may be empty. */
  readonly reader: string;
  readonly createdAtMs: number;
  readonly version: string;
  readonly filterLabel: string;
  readonly institution: string;
  /** A PNG or JPEG file. */
  readonly logo: Uint8Array | null;
}

export interface ReportOptions {
  readonly paper: 'A4' | 'Letter';
  /** False leaves out name, age, sex, comments, clock times and the recording's date. */
  readonly identity: boolean;
}
