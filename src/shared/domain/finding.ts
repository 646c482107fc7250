import { z } from 'zod';
import {
  FINDING_KINDS,
  FINDING_STATES,
  FINDING_THRESHOLD_RANGES,
  REJECTED_AS,
} from './finding-kinds';

/** A number within the range of a threshold. */
function within({ min, max, whole }: { min: number; max: number; whole: boolean }): z.ZodNumber {
  return (whole ? z.int() : z.number()).min(min).max(max);
}

/** What makes a finding, and what makes it urgent. Settings of the reader, printed wherever findings are. */
export const FindingThresholds = z.object({
  /** A pause is longer than this, seconds. */
  pauseS: within(FINDING_THRESHOLD_RANGES.pauseS),
  /** A pause from here on is urgent. */
  urgentPauseS: within(FINDING_THRESHOLD_RANGES.urgentPauseS),
  /** A pause from here on is asystole. */
  asystoleS: within(FINDING_THRESHOLD_RANGES.asystoleS),
  /** A ventricular run has this many beats or more in a row. */
  ventricularRunBeats: within(FINDING_THRESHOLD_RANGES.ventricularRunBeats),
  /** A ventricular run faster than this is a tachycardia. */
  ventricularTachycardiaBpm: within(FINDING_THRESHOLD_RANGES.ventricularTachycardiaBpm),
  /** A ventricular tachycardia of this many beats or more is urgent. */
  urgentRunBeats: within(FINDING_THRESHOLD_RANGES.urgentRunBeats),
  /** Atrial fibrillation or flutter lasts this long or more; what is shorter is an irregular rhythm. */
  afS: within(FINDING_THRESHOLD_RANGES.afS),
  /** Bradycardia is below this, and tachycardia above that, over `rateBeats` intervals. */
  bradycardiaBpm: within(FINDING_THRESHOLD_RANGES.bradycardiaBpm),
  tachycardiaBpm: within(FINDING_THRESHOLD_RANGES.tachycardiaBpm),
  rateBeats: within(FINDING_THRESHOLD_RANGES.rateBeats),
  /** Repeats that make bigeminy or trigeminy. */
  repeats: within(FINDING_THRESHOLD_RANGES.repeats),
  /** QRS is wide from here on, milliseconds; absent in what an older version stored. */
  wideQrsMs: within(FINDING_THRESHOLD_RANGES.wideQrsMs).default(120),
  /** Share of ventricular beats above which a recording is urgent, 0 to 1. */
  ventricularBurden: within(FINDING_THRESHOLD_RANGES.ventricularBurden),
});
export type FindingThresholds = z.infer<typeof FindingThresholds>;

/**
 * What a reader said before they were shown what the program had found there. A later decision with that in sight changes
 * what stands, and not this.
 */
export const BlindAnswer = z.object({
  /** Whether it is what the program had found; null for unsure. */
  agrees: z.boolean().nullable(),
  reader: z.string(),
});
export type BlindAnswer = z.infer<typeof BlindAnswer>;

/**
 * One thing that was found, made by a network, a rule or a reader, with the reader's decision on it.
 * Times are seconds from the start of the recording.
 */
export const Finding = z.object({
  /** Made of kind and start, so that it outlives a reload and a beat corrected elsewhere. */
  id: z.string().min(1).max(100),
  kind: z.enum(FINDING_KINDS),
  startS: z.number().min(0),
  endS: z.number().min(0),
  durationS: z.number().min(0),
  /** Beats it consists of; 0 where it is no matter of beats, as a pause. */
  beats: z.int().min(0),
  /**
   * Mean rate over its beats; of bradycardia the slowest and of tachycardia the fastest over `rateBeats` intervals in it.
   * Null where that means nothing.
   */
  rateBpm: z.number().nullable(),
  /** Interval from the beat before to its first beat, milliseconds; of ectopic beats alone. */
  couplingMs: z.number().nullable().optional(),
  /** The network's highest probability in it, 0 to 1; absent where it comes from a rule. */
  probability: z.number().min(0).max(1).nullable().optional(),
  /** What was said of its segments, of what was flagged and no finding explains. */
  reason: z.string().optional(),
  /** Median width of QRS, milliseconds, of a wide one. */
  qrsMs: z.number().positive().optional(),
  /** Meets one of the rules that need a reader first. */
  urgent: z.boolean(),
  state: z.enum(FINDING_STATES),
  note: z.string(),
  reader: z.string().nullable(),
  decidedAtMs: z.number().nullable(),
  /** What it is instead, where it was rejected and the reader said. */
  rejectedAs: z.enum(REJECTED_AS).nullable().optional(),
  /** Indices of the leads that it speaks of, where it does not speak of all. */
  leads: z.array(z.int().min(0)).optional(),
  /** What its reader said of it first, where they said so blind. */
  blind: BlindAnswer.optional(),
});
export type Finding = z.infer<typeof Finding>;

/** A rate with the start of its first interval, seconds. */
const RateAt = z.object({
  bpm: z.number().positive(),
  atS: z.number().min(0),
  /** Over how many intervals it is, where these are not 8. */
  intervals: z.int().positive().optional(),
});

/**
 * Heart rate of a stretch: mean = intervals per analysable time; lowest and highest = the slowest and fastest 8
 * consecutive intervals. Always lowest <= mean <= highest.
 */
export const HeartRate = z.object({
  meanBpm: z.number().positive(),
  lowest: RateAt,
  highest: RateAt,
  /** Longest interval between two beats of analysable signal, with its start. */
  longestRr: z.object({ ms: z.number().positive(), atS: z.number().min(0) }),
  /** The fastest 8 consecutive intervals between normal beats alone; null without any. */
  highestNormal: RateAt.nullable().optional(),
});
export type HeartRate = z.infer<typeof HeartRate>;

/** Heart rate along the recording, one entry a bin in every column; NaN where it cannot be told. */
export const HeartRateTrend = z.object({
  /** Width of a bin, seconds; bin i covers `i*stepS` to `(i+1)*stepS`. */
  stepS: z.number().positive(),
  /** Median, lowest and highest of the rates over 8 intervals in the bin, within those of the recording. */
  medianBpm: z.instanceof(Float32Array),
  lowestBpm: z.instanceof(Float32Array),
  highestBpm: z.instanceof(Float32Array),
});
export type HeartRateTrend = z.infer<typeof HeartRateTrend>;

/**
 * Heart-rate variability of the intervals between normal beats (Task Force of ESC and NASPE, Circulation
 * 1996;93:1043). What is null needs more intervals than there are.
 */
export const Hrv = z.object({
  sdnnMs: z.number().nullable(),
  /** Of the means of 5-min stretches. */
  sdannMs: z.number().nullable(),
  rmssdMs: z.number().nullable(),
  /** Share of successive differences over 50 ms, 0 to 1. */
  pnn50: z.number().nullable(),
  /** Intervals used, and their share of all intervals, 0 to 1. */
  intervals: z.int().min(0),
  nnShare: z.number().min(0).max(1),
  /** What was left out: intervals that touch an ectopic beat, lie in atrial fibrillation, or are no interval. */
  leftOut: z.object({ ectopic: z.int(), af: z.int(), outlying: z.int() }),
});
export type Hrv = z.infer<typeof Hrv>;

/** How much of a lead can be read. */
export const LeadQuality = z.object({
  name: z.string(),
  isEcg: z.boolean(),
  /** Seconds without a signal, and seconds too noisy to read. */
  offS: z.number().min(0),
  noisyS: z.number().min(0),
});
export type LeadQuality = z.infer<typeof LeadQuality>;

/** Signal quality by lead and second, where 0 is off, 1 noisy and 2 good. */
export const QualityColumns = z.object({
  leads: z.array(z.object({ index: z.int().min(0), name: z.string(), isEcg: z.boolean() })),
  /** Whole seconds of the recording, the last one begun. */
  seconds: z.int().min(0),
  /** Row-major [leads, seconds]. */
  level: z.instanceof(Uint8Array),
});
export type QualityColumns = z.infer<typeof QualityColumns>;

/** One clock hour of the recording, or of elapsed time where the start is not known. */
export const HourRow = z.object({
  startS: z.number().min(0),
  endS: z.number().min(0),
  analysableS: z.number().min(0),
  unreadableS: z.number().min(0),
  heartRate: HeartRate.nullable(),
  beats: z.int(),
  ventricularBeats: z.int(),
  /** Of all beats, 0 to 1; null without beats. */
  ventricularShare: z.number().min(0).max(1).nullable(),
  ventricularCouplets: z.int(),
  ventricularRuns: z.int(),
  supraventricularBeats: z.int(),
  afS: z.number().min(0),
  pauses: z.int(),
});
export type HourRow = z.infer<typeof HourRow>;

/** How many findings of a kind there are and what became of them; rejected ones are in no other count. */
export const FindingCount = z.object({
  kind: z.enum(FINDING_KINDS),
  /** Without the rejected ones. */
  total: z.int().min(0),
  open: z.int().min(0),
  confirmed: z.int().min(0),
  unsure: z.int().min(0),
  rejected: z.int().min(0),
  /** Open ones that are urgent. */
  urgentOpen: z.int().min(0),
  /** Id of the most marked one that is not rejected. */
  worst: z.string().nullable(),
});
export type FindingCount = z.infer<typeof FindingCount>;

/** What was looked for at all: a count of 0 of what was not is no finding of none. */
export const Judged = z.object({
  /** Beats, their classes and pauses: the network names beats, and beats were found in what could be read, or a pause. */
  beats: z.boolean(),
  /** Atrial fibrillation or flutter: beats are, and there is enough to read for an episode. */
  af: z.boolean(),
  /**
   * Segments: one of them at least has a verdict. Where all are Unreadable, as of a recording that is shorter than one,
   * nothing found is no verdict either. Absent from what an earlier version counted.
   */
  segments: z.boolean().optional(),
});
export type Judged = z.infer<typeof Judged>;

/** Sums over the recording, after the reader's decisions and corrections. */
export const FindingCounts = z.object({
  /** Kinds that occur, in the order of FINDING_KINDS. */
  kinds: z.array(FindingCount),
  /** Beats by class. */
  beats: z.object({ N: z.int(), S: z.int(), V: z.int(), F: z.int(), Q: z.int(), total: z.int() }),
  /** Open findings that are urgent. */
  needReader: z.int().min(0),
  /** Seconds in atrial fibrillation or flutter. */
  afS: z.number().min(0),
  judged: Judged,
});
export type FindingCounts = z.infer<typeof FindingCounts>;

/** What an edit would do, by finding anew what there is with it. */
export const Consequences = z.object({
  before: FindingCounts,
  after: FindingCounts,
  /** Flagged segments that would be settled, and settled ones that would be open again. */
  segmentsClosed: z.int().min(0),
  segmentsOpened: z.int().min(0),
});
export type Consequences = z.infer<typeof Consequences>;
