import { z } from 'zod';
import { Warning } from './recording';
import { Said } from './failure';

export const VERDICTS = ['Normal', 'Abnormal', 'Unreadable'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** One window of the recording with the model's answer. `probability` is that of Abnormal, null when Unreadable. */
export const Segment = z.object({
  index: z.int().min(0),
  startS: z.number().min(0),
  endS: z.number().min(0),
  verdict: Verdict,
  probability: z.number().min(0).max(1).nullable(),
  /** Why a segment is Unreadable, in a few words; null otherwise. */
  reason: z.string().nullable(),
  /** True inside the model's refer band: the probability is too near the threshold to rely on. */
  refer: z.boolean(),
  /** Probability of an ectopic beat alone, and of atrial fibrillation or flutter; absent where a model has neither. */
  ectopy: z.number().min(0).max(1).optional(),
  af: z.number().min(0).max(1).optional(),
});
export type Segment = z.infer<typeof Segment>;

/** Beats in time order, one entry per beat in every column. */
export const BeatColumns = z.object({
  /** R peak in seconds from the start of the recording. */
  timeS: z.instanceof(Float64Array),
  /** Index into BEAT_CLASSES. */
  beatClass: z.instanceof(Uint8Array),
  /** Probability of that class, 0 to 1. */
  confidence: z.instanceof(Float32Array),
  /** Share of the segment's attention that fell on the beat, 0 to 1; 0 where the model has none. */
  attention: z.instanceof(Float32Array),
});
export type BeatColumns = z.infer<typeof BeatColumns>;

/** A stretch of a rhythm, as annotated `(AFIB` ... `(N`. */
export const RhythmEpisode = z.object({
  startS: z.number(),
  endS: z.number(),
  rhythm: z.string(),
  probability: z.number().min(0).max(1).nullable(),
});
export type RhythmEpisode = z.infer<typeof RhythmEpisode>;

/** Width of QRS in the averaged normal beat of a stretch. */
export const QrsWidth = z.object({
  startS: z.number(),
  endS: z.number(),
  qrsMs: z.number().positive(),
  /** Normal beats that were averaged. */
  beats: z.int().min(0),
});
export type QrsWidth = z.infer<typeof QrsWidth>;

/**
 * Does the overlay point at what the model used? Drop of the Abnormal logit when the most attended part is
 * masked, against the mean drop when random parts of the same size are.
 */
export const Faithfulness = z.object({
  topDropLogit: z.number(),
  randomDropLogit: z.number(),
  faithful: z.boolean(),
});
export type Faithfulness = z.infer<typeof Faithfulness>;

/** Where the network looked in one segment. Token i covers `startS + i*stepS` to `startS + (i+1)*stepS`. */
export const Overlay = z.object({
  segmentIndex: z.int().min(0),
  startS: z.number(),
  stepS: z.number(),
  tokens: z.int(),
  /** Where tokens are heartbeats: the R peak of each, from the start of the recording; the grid above is then void. */
  tokenTimesS: z.instanceof(Float64Array).optional(),
  heads: z.int(),
  /** Row-major [heads, tokens]; each row sums to 1. */
  attention: z.instanceof(Float32Array),
  /** Signed contribution of each token to logit(Abnormal) - logit(Normal); empty where the model has none. */
  evidence: z.instanceof(Float32Array),
  /** logit(Abnormal) - logit(Normal); equals biasLogit + the sum of `evidence`. */
  marginLogit: z.number(),
  biasLogit: z.number(),
  /** Of `attention`. */
  faithfulness: Faithfulness.nullable(),
  /** Of `evidence`, where it is measured apart: tokens that are no heartbeats. */
  evidenceFaithfulness: Faithfulness.nullable().optional(),
});
export type Overlay = z.infer<typeof Overlay>;

export const AnalysisStatus = z.object({
  analysisId: z.string(),
  recordingId: z.string(),
  modelId: z.string(),
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  segmentsDone: z.int(),
  /** Share of the work that is done, 0 to 1: finer than segments, of which a beat model gives many at once. */
  done: z.number().min(0).max(1).optional(),
  segmentsTotal: z.int(),
  elapsedS: z.number(),
  /** Estimate of the time left, null before there is one. */
  remainingS: z.number().nullable(),
  /** Name of the lead that a single-lead model read. */
  lead: z.string().nullable(),
  threshold: z.number(),
  provider: z.string(),
  message: z.string().nullable(),
  /** `message` for a reader, in the language of the page; absent where there is English alone. */
  said: Said.optional(),
  /** What a reader must know of how the model read this recording; absent in what an older version stored. */
  warnings: z.array(Warning).optional(),
});
export type AnalysisStatus = z.infer<typeof AnalysisStatus>;
