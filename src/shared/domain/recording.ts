import { z } from 'zod';
import { WorklistFigures } from './worklist-figures';
import { Said } from './failure';

/** One signal of a recording as its file declares it. */
export const Lead = z.object({
  /** Position in the record, from 0. */
  index: z.int().min(0),
  /** Name as the header gives it (`MLII`, `V1`, ...), or `signal N` when it gives none. */
  name: z.string(),
  /** Physical unit, `mV` for an ECG lead. */
  units: z.string(),
  /** True for a lead of the heart (`ecgLeadsAmong`). */
  isEcg: z.boolean(),
  samplingRateHz: z.number().positive(),
  gainAduPerUnit: z.number(),
  /** True when the header gives no gain and WFDB's default of 200 ADU/mV was assumed. */
  gainAssumed: z.boolean(),
  baselineAdu: z.number(),
  adcResolutionBits: z.int(),
  /** How a lead was computed: as in `II - I` where the file does not store it, else `BY_DEVICE`. */
  derivedFrom: z.string().optional(),
  /** What the device had done to the lead before it was stored; null where the file does not say. */
  filters: z
    .object({
      highPassHz: z.number().nullable(),
      lowPassHz: z.number().nullable(),
      notchHz: z.number().nullable(),
    })
    .optional(),
});
export type Lead = z.infer<typeof Lead>;

/** Something about a file that a reader should know but that did not stop us reading it. */
export const Warning = z.object({
  code: z.string(),
  message: z.string(),
  /** The same for a reader, in the language of the page; absent where there is English alone. */
  said: Said.optional(),
});
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
  /** Id of the format, as in `wfdb`, and its name with the variant, as in `EDF+D`. */
  format: z.string(),
  formatTitle: z.string(),
  durationS: z.number().min(0),
  /** Rate of the first ECG lead; others may differ. */
  samplingRateHz: z.number().positive(),
  leads: z.array(Lead),
  /** Local wall-clock time of the first sample as `YYYY-MM-DDThh:mm:ss.sss`, time alone as `Thh:mm:ss`, or null. */
  startClock: z.string().nullable(),
  /** Header comments, without `#`. */
  comments: z.array(z.string()),
  patient: Patient,
  /** True for records made by our generator; shown wherever the record is. */
  synthetic: z.boolean(),
  /** Sources of annotations: files beside a WFDB record by extension (`atr`, `qrs`), or the file's own. */
  annotators: z.array(z.string()),
  /** Time that the file declares as not recorded, seconds from the start. */
  gaps: z.array(z.object({ startS: z.number(), endS: z.number() })),
  /** Values that the device measured, shown as the device's. */
  measurements: z.array(z.object({ name: z.string(), value: z.string(), units: z.string() })),
  warnings: z.array(Warning),
});
export type RecordingInfo = z.infer<typeof RecordingInfo>;

/** What the worklist says of a recording that was opened once, without opening it again. */
export const RecordingAbout = z.object({
  patient: Patient,
  durationS: z.number().min(0),
  /** As in `RecordingInfo`. */
  startClock: z.string().nullable(),
  ecgLeads: z.int().min(0),
  /** The lead that stands for it in small pictures: its first ECG lead. */
  lead: z.int().min(0).nullable(),
});
export type RecordingAbout = z.infer<typeof RecordingAbout>;

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
  /** Urgent findings that are open; null where they have not been counted. */
  needReader: z.int().min(0).nullable().optional(),
  /** Null before it is opened or analysed for the first time. */
  about: RecordingAbout.nullable().optional(),
  /** Null until an analysis was counted. */
  figures: WorklistFigures.nullable().optional(),
  /** Readers have acted on another reading of it, of which nothing above says anything. */
  isReviewedEarlier: z.boolean().optional(),
  /** Set when state is `failed`. */
  message: z.string().nullable(),
  /** `message` for a reader, in the language of the page; absent where there is English alone. */
  said: Said.optional(),
  /** Epoch milliseconds of the last opening, or null. */
  openedAtMs: z.number().nullable(),
});
export type RecordingEntry = z.infer<typeof RecordingEntry>;
