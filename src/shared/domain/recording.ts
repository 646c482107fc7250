import { z } from 'zod';

/** One signal of a recording as its header declares it. */
export const Lead = z.object({
  /** Position in the record, from 0. */
  index: z.int().min(0),
  /** Name as the header gives it (`MLII`, `V1`, ...), or `signal N` when it gives none. */
  name: z.string(),
  /** Physical unit, `mV` for an ECG lead. */
  units: z.string(),
  /** True when the unit is a voltage, so that a gain in mm/mV means something. */
  isEcg: z.boolean(),
  samplingRateHz: z.number().positive(),
  gainAduPerUnit: z.number(),
  /** True when the header gives no gain and WFDB's default of 200 ADU/mV was assumed. */
  gainAssumed: z.boolean(),
  baselineAdu: z.number(),
  adcResolutionBits: z.int(),
});
export type Lead = z.infer<typeof Lead>;

/** Something about a file that a reader should know but that did not stop us reading it. */
export const Warning = z.object({ code: z.string(), message: z.string() });
export type Warning = z.infer<typeof Warning>;

/** Who was recorded, as far as the file says; every field may be left out of reports and exports. */
export const Patient = z.object({
  name: z.string().nullable(),
  /** The hospital's or the study's number. */
  id: z.string().nullable(),
  /** `YYYY-MM-DD`. */
  birthDate: z.string().nullable(),
  ageYears: z.number().nullable(),
  sex: z.enum(['F', 'M']).nullable(),
});
export type Patient = z.infer<typeof Patient>;

/** What the viewer knows of a recording before any sample is read. */
export const RecordingInfo = z.object({
  recordingId: z.string(),
  /** Record name, as in `208`. */
  name: z.string(),
  /** Last part of the folder, as in `mitdb`; shown, never a path to open. */
  folder: z.string(),
  durationS: z.number().min(0),
  /** Frame rate of the record; leads may be faster. */
  samplingRateHz: z.number().positive(),
  leads: z.array(Lead),
  /** Local wall-clock time of the first sample as `YYYY-MM-DDThh:mm:ss.sss`, time alone as `Thh:mm:ss`, or null. */
  startClock: z.string().nullable(),
  /** Header comments, without `#`. */
  comments: z.array(z.string()),
  patient: Patient,
  /** True for records made by our generator; shown wherever the record is. */
  synthetic: z.boolean(),
  /** Annotation files that lie beside the record, by extension: `atr`, `qrs`, ... */
  annotators: z.array(z.string()),
  warnings: z.array(Warning),
});
export type RecordingInfo = z.infer<typeof RecordingInfo>;

/** A line of the worklist. */
export const RecordingEntry = z.object({
  recordingId: z.string(),
  name: z.string(),
  folder: z.string(),
  synthetic: z.boolean(),
  state: z.enum(['not-analysed', 'analysing', 'analysed', 'failed']),
  /** 0 to 1 while analysing. */
  progress: z.number().min(0).max(1),
  flagged: z.int().min(0),
  decided: z.int().min(0),
  /** Set when state is `failed`. */
  message: z.string().nullable(),
  /** Epoch milliseconds of the last opening, or null. */
  openedAtMs: z.number().nullable(),
});
export type RecordingEntry = z.infer<typeof RecordingEntry>;
