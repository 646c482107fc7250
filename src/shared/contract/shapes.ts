import { z } from 'zod';
import { Failure, Segment, Warning } from '../domain';

/** Annotations of one file, one entry per annotation in every column, in file order. */
export const AnnotationColumns = z.object({
  annotator: z.string(),
  /** Seconds from the start of the recording. */
  timeS: z.instanceof(Float64Array),
  /** Mnemonic of the annotation code, as in `N`, `V`, `+`. */
  symbol: z.array(z.string()),
  /** Free text of the annotation (rhythm changes: `(AFIB`), empty where none. */
  aux: z.array(z.string()),
});
export type AnnotationColumns = z.infer<typeof AnnotationColumns>;

/** A finished file that the host can save, download or show. The renderer never learns its path. */
export const DocumentRef = z.object({
  documentId: z.string(),
  suggestedName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
});
export type DocumentRef = z.infer<typeof DocumentRef>;

/** An execution provider of ONNX Runtime: whether it is used, and why or why not. */
export const DeviceReport = z.object({
  provider: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  /** Largest difference in probability from the CPU; null where it was not run. */
  maxDifference: z.number().nullable(),
  segmentsPerSecond: z.number().nullable(),
  reason: z.string(),
});
export type DeviceReport = z.infer<typeof DeviceReport>;

/** One recording of a folder scan: results, or the reason there are none. */
export const ScanRow = z.object({
  record: z.string(),
  path: z.string(),
  fs: z.number().nullable(),
  durationS: z.number().nullable(),
  leads: z.array(z.string()),
  lead: z.string().nullable(),
  model: z.string().nullable(),
  scheme: z.string().nullable(),
  threshold: z.number().nullable(),
  warnings: z.array(Warning),
  segments: z.array(
    Segment.pick({ startS: true, endS: true, verdict: true, probability: true, reason: true }),
  ),
  error: Failure.pick({ code: true, message: true }).optional(),
  /** The viewer's handle on the record; absent in files that a scan writes. */
  recordingId: z.string().optional(),
});
export type ScanRow = z.infer<typeof ScanRow>;

export const SWEEP_SPEEDS_MM_PER_S = [12.5, 25, 50] as const;
export const GAINS_MM_PER_MV = [5, 10, 20] as const;

/** Preferences of this reader on this machine. */
export const Settings = z.object({
  readerName: z.string().max(200),
  theme: z.enum(['system', 'light', 'dark']),
  sweepSpeedMmPerS: z.union(SWEEP_SPEEDS_MM_PER_S.map((v) => z.literal(v))),
  gainMmPerMv: z.union(GAINS_MM_PER_MV.map((v) => z.literal(v))),
  filter: z.enum(['raw', 'bandpass']),
  overlay: z.enum(['off', 'attention', 'evidence']),
  blindFirst: z.boolean(),
  /** Default model; null is the one that Fiducial ships as default. */
  modelId: z.string().nullable(),
  /** CSS pixels per millimetre by display, from the ruler or bank-card calibration. */
  pxPerMmByDisplay: z.record(z.string(), z.number().positive()),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  readerName: '',
  theme: 'system',
  sweepSpeedMmPerS: 25,
  gainMmPerMv: 10,
  filter: 'bandpass',
  overlay: 'attention',
  blindFirst: false,
  modelId: null,
  pxPerMmByDisplay: {},
};
