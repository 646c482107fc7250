import { CHORD_TEXT } from '../domain/key-chords';
import { z } from 'zod';
import {
  DISPLAY_FILTER_IDS,
  LEAD_LAYOUTS,
  Failure,
  Said,
  Finding,
  FindingThresholds,
  HeartRate,
  LeadQuality,
  Segment,
  Teaching,
  Warning,
} from '../domain';
import { LANGUAGE_CHOICES } from '../words/language';
import { CLOCK_HOURS, GAINS_MM_PER_MV, SWEEP_SPEEDS_MM_PER_S } from './settings-choices';

/** Which analysis a request is about. */
export const AnalysisRef = z.object({ analysisId: z.string().min(1).max(200) });
/** Name of who asks or acts. */
export const Reader = z.string().max(200);

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

/** What a recording can be written as by itself: WFDB's several files as an archive, leads of each rate a table. */
export const RECORDING_FORMS = ['wfdb', 'edf', 'dicom', 'csv'] as const;
export type RecordingForm = (typeof RECORDING_FORMS)[number];

/** What a report can be: the PDF, the PDF in DICOM, or a FHIR bundle of observations with the PDF. */
export const REPORT_FORMS = ['pdf', 'dicom', 'fhir'] as const;
export type ReportForm = (typeof REPORT_FORMS)[number];

/** What of a review can be written: everything to be taken over elsewhere, or a table. */
export const REVIEW_FORMS = [
  'review-json',
  'segments-csv',
  'findings-csv',
  'beats-csv',
  'marks-csv',
  'segments-parquet',
  'beats-parquet',
] as const;
export type ReviewForm = (typeof REVIEW_FORMS)[number];

/** An execution provider of ONNX Runtime: whether it is used, and why or why not. */
export const DeviceReport = z.object({
  provider: z.string(),
  available: z.boolean(),
  chosen: z.boolean(),
  /** Largest difference in probability from the CPU; null where it was not run. */
  maxDifference: z.number().nullable(),
  segmentsPerSecond: z.number().nullable(),
  /** For a person. */
  reason: z.string(),
  /** `reason` for a reader, in the language of the page. */
  said: Said.optional(),
  /** What ONNX Runtime or the system said, for whoever looks into it. */
  detail: z.string().nullable(),
});
export type DeviceReport = z.infer<typeof DeviceReport>;

/** On what a model can run here. */
export const ModelDevices = z.object({ model: z.string(), devices: z.array(DeviceReport) });
export type ModelDevices = z.infer<typeof ModelDevices>;

/** One recording of a folder scan: results, or the reason there are none. */
export const ScanRow = z.object({
  record: z.string(),
  path: z.string(),
  format: z.string().nullable(),
  fs: z.number().nullable(),
  durationS: z.number().nullable(),
  analysableS: z.number().nullable(),
  leads: z.array(LeadQuality),
  lead: z.string().nullable(),
  model: z.string().nullable(),
  scheme: z.string().nullable(),
  threshold: z.number().nullable(),
  warnings: z.array(Warning),
  /** Rhythm of half of the time or more, and the mean probability of atrial fibrillation. */
  rhythm: z.object({ name: z.string(), afProbability: z.number().nullable() }).nullable(),
  heartRate: HeartRate.nullable(),
  findings: z.array(Finding),
  /** What reading it would teach a network; absent from rows of earlier versions. */
  teaching: Teaching.nullable().optional(),
  segments: z.array(Segment.omit({ index: true })),
  error: Failure.pick({ code: true, message: true, said: true }).optional(),
  /** The viewer's handle on the record; absent in files that a scan writes. */
  recordingId: z.string().optional(),
  /** The record's files are not what they were when this row was made. */
  changed: z.boolean().optional(),
});
export type ScanRow = z.infer<typeof ScanRow>;

/** Characters of a logo: half a megabyte of picture. */
const LONGEST_LOGO = 700_000;

/** Preferences of this reader on this machine. */
export const Settings = z.object({
  readerName: z.string().max(200),
  language: z.enum(LANGUAGE_CHOICES),
  theme: z.enum(['system', 'light', 'dark']),
  sweepSpeedMmPerS: z.union(SWEEP_SPEEDS_MM_PER_S.map((v) => z.literal(v))),
  gainMmPerMv: z.union(GAINS_MM_PER_MV.map((v) => z.literal(v))),
  filter: z.enum(DISPLAY_FILTER_IDS),
  /** What twelve leads are seen through. */
  twelveLeadFilter: z.enum(DISPLAY_FILTER_IDS),
  /** Frequency of the mains here, which a notch takes out of what is shown and printed; null for no notch. */
  mainsHz: z.union([z.literal(50), z.literal(60)]).nullable(),
  /** How a clock time is written on screen. */
  clockHours: z.union(CLOCK_HOURS.map((v) => z.literal(v))),
  /** How twelve leads stand on screen and in the report; null for 3 x 4 of ten seconds and 12 x 1 of more. */
  leadLayout: z.enum(LEAD_LAYOUTS).nullable(),
  /** `auto`: what the model in use is faithful in. */
  overlay: z.enum(['auto', 'off', 'attention', 'evidence']),
  blindFirst: z.boolean(),
  /** This reader reads second: what others decided is not shown before the end of their own read. */
  secondReader: z.boolean(),
  /** Default model; null is the one that Fiducial ships as default. */
  modelId: z.string().nullable(),
  /** What makes a finding. */
  findings: FindingThresholds,
  /** Head of every report. */
  institution: z.string().max(200),
  /** A PNG or JPEG picture for the head of every report, as a data URL; null for none. */
  logo: z
    .string()
    .max(LONGEST_LOGO)
    .regex(/^data:image\/(png|jpeg);base64,/)
    .nullable(),
  paper: z.enum(['A4', 'Letter']),
  /** Keys that the reader chose, by the name of their command, as in `{ undo: 'Shift U' }`. */
  keys: z.record(z.string().max(80), z.string().regex(CHORD_TEXT)),
  /** CSS pixels per millimetre by display, from the ruler or bank-card calibration. */
  pxPerMmByDisplay: z.record(z.string(), z.number().positive()),
});
export type Settings = z.infer<typeof Settings>;

/**
 * Settings that go from one machine to another. Who reads, whether they read second, a network that is installed here,
 * and how large a millimetre is on a screen of this machine stay where they are.
 */
export const PortableSettings = Settings.omit({
  readerName: true,
  secondReader: true,
  modelId: true,
  pxPerMmByDisplay: true,
});
export type PortableSettings = z.infer<typeof PortableSettings>;

/**
 * `reader`: whose decisions and corrections; null for those of all, the last of which wins. `asker`: who looks; without
 * `reader`, a reader whose second read goes on is shown their own alone.
 */
export const Whose = z.object({
  reader: Reader.nullable().optional(),
  asker: Reader.optional(),
}).shape;
/**
 * Place in the trail up to which the asker has edits of beats at hand, as they were sent or as they made them: the answer
 * leaves those out. Without it, it holds all.
 */
export const KnowsActs = {
  knowsActs: z.int().min(0).optional(),
  /** Version of the decisions on segments that the asker has at hand, empty for none: the answer says what changed of them. */
  knowsDecided: z.string().max(100).optional(),
};

/** Version of the answer that the asker has at hand, for those of which a next one says what changed. */
export const Knows = { knows: z.string().max(100).optional() };
