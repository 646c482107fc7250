import { z } from 'zod';
import {
  AnalysisStatus,
  BeatColumns,
  Changed,
  CountedBeats,
  DISPLAY_FILTER_IDS,
  Finding,
  FindingCounts,
  FindingThresholds,
  HeartRate,
  HeartRateTrend,
  HourRow,
  Hrv,
  LeadQuality,
  Measurements,
  ModelCard,
  Overlay,
  ReadComparison,
  RecordingEntry,
  RecordingInfo,
  ReviewEdit,
  ReviewEvent,
  ReviewState,
  RhythmEpisode,
  SegmentColumns,
  WhatIf,
} from '../domain';
import { Adoption, KnownNetwork, NETWORK_METHODS } from './networks';
import {
  AnalysisRef,
  AnnotationColumns,
  DocumentRef,
  Knows,
  KnowsActs,
  ModelDevices,
  Reader,
  RECORDING_FORMS,
  REVIEW_FORMS,
  ScanRow,
  Whose,
} from './shapes';
import { FAMILY_METHODS } from './family-methods';
import { REPORT_METHODS } from './report-methods';
import { SETTINGS_METHODS } from './settings-methods';

const RecordingRef = z.object({ recordingId: z.string().min(1).max(200) });
const Empty = z.object({});
const View = z.object({ startS: z.number().min(0), endS: z.number().positive() });
/** Characters of an exported review: some 50,000 decisions with notes. */
const LONGEST_REVIEW = 12_000_000;

/** `interactive`: a reader looks and waits, so it goes before everything else; `bulk`: it takes its turn. */
export type Lane = 'interactive' | 'bulk';

interface Method {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /**
   * It may be sent again when the engine ended under it, because answering it twice changes nothing. A decision or a
   * scan, asked for again, would be made twice.
   */
  readonly idempotent: boolean;
  /** Of the worker threads, for the part of the answer that they make. */
  readonly lane: Lane;
}

/**
 * The contract: every request that a door may carry, with the shape of its input and output and with its traits.
 * Doors derive their types from this object; the service implements it; nothing else does.
 */
export const METHODS = {
  'app.info': {
    input: Empty,
    output: z.object({
      version: z.string(),
      node: z.string(),
      host: z.enum(['electron', 'browser', 'cli']),
      disclaimer: z.string(),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  /** Every format that is opened, by its title and usual endings; a file is recognised by its content all the same. */
  'formats.list': {
    input: Empty,
    output: z.object({
      formats: z.array(
        z.object({ id: z.string(), title: z.string(), extensions: z.array(z.string()) }),
      ),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  'recordings.list': {
    input: Empty,
    output: z.object({ entries: z.array(RecordingEntry) }),
    idempotent: true,
    lane: 'interactive',
  },
  'recordings.open': {
    input: RecordingRef.extend({
      /** What a reader states where the file leaves it out (`needs-option`); kept with the recording. */
      stated: z
        .object({
          samplingRateHz: z.number().positive().max(1e6).optional(),
          gainAduPerMv: z.number().positive().max(1e9).optional(),
        })
        .optional(),
    }),
    output: RecordingInfo,
    idempotent: true,
    lane: 'interactive',
  },
  'recordings.close': { input: RecordingRef, output: Empty, idempotent: true, lane: 'interactive' },
  /** SHA-256 over the files of a recording, as its report prints it; reads them whole where it is not known. */
  'recordings.hash': {
    input: RecordingRef,
    output: z.object({ sha256: z.string() }),
    idempotent: true,
    lane: 'bulk',
  },
  /** Takes an entry off the worklist. Nothing stored about the recording is deleted. */
  'recordings.forget': {
    input: RecordingRef,
    output: Empty,
    idempotent: true,
    lane: 'interactive',
  },

  /** Writes the recording in another format, as a document. */
  'recordings.convert': {
    input: RecordingRef.extend({
      to: z.enum(RECORDING_FORMS),
      /** False leaves out who was recorded and moves the date by whole weeks. */
      identity: z.boolean(),
    }),
    output: DocumentRef,
    idempotent: false,
    lane: 'bulk',
  },

  /** At most one min/max pair per pixel column; raw samples once a column holds two or fewer. */
  'traces.tile': {
    input: RecordingRef.extend({
      leads: z.array(z.int().min(0)).min(1).max(64),
      startS: z.number().min(0),
      endS: z.number().positive(),
      widthPx: z.int().min(1).max(16384),
      filter: z.enum(DISPLAY_FILTER_IDS),
    }),
    output: z.object({
      leads: z.array(
        z.object({
          lead: z.int(),
          kind: z.enum(['samples', 'envelope']),
          /** Time of the first sample or the left edge of the first column, seconds from the start. */
          t0S: z.number(),
          /** Sample period or column width, seconds. */
          stepS: z.number(),
          /** In the lead's unit. `samples`: one each; `envelope`: min, max, min, max, ... NaN where missing. */
          values: z.instanceof(Float32Array),
        }),
      ),
    }),
    idempotent: true,
    lane: 'interactive',
  },

  'annotations.read': {
    input: RecordingRef.extend({ annotator: z.string().min(1).max(32) }),
    output: AnnotationColumns,
    idempotent: true,
    lane: 'interactive',
  },
  /** Writes beats, rhythm and verdicts as annotator `fid` and hands out the file as a document. */
  'annotations.write': {
    /** `conflict` while a second read of the asker's goes on. */
    input: AnalysisRef.extend({ asker: Reader.optional() }),
    output: DocumentRef,
    idempotent: false,
    lane: 'bulk',
  },

  'analysis.start': {
    input: RecordingRef.extend({
      modelId: z.string().nullable(),
      /** Lead for a single-lead model; null lets the model's preference decide. */
      lead: z.int().min(0).nullable(),
      /** What the reader sees: found first, and shown until the analysis comes there. */
      view: View.optional(),
    }),
    output: AnalysisStatus,
    idempotent: true,
    lane: 'bulk',
  },
  'analysis.cancel': {
    input: AnalysisRef,
    output: AnalysisStatus,
    idempotent: false,
    lane: 'interactive',
  },
  /** What is in this view is found first, and shown until the analysis comes there. */
  'analysis.look': {
    input: AnalysisRef.extend({ view: View }),
    output: Empty,
    idempotent: true,
    lane: 'interactive',
  },
  'analysis.status': {
    input: AnalysisRef,
    output: AnalysisStatus,
    idempotent: true,
    lane: 'interactive',
  },
  /**
   * Finished readings of the same samples besides this one that readers have acted on, the latest first: they can be shown
   * as they were left. Their files are those of this recording.
   */
  'analysis.earlier': {
    input: AnalysisRef,
    output: z.object({
      readings: z.array(z.object({ status: AnalysisStatus, acts: z.int().min(1) })),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  'analysis.segments': {
    input: AnalysisRef,
    output: z.object({ segments: SegmentColumns }),
    idempotent: true,
    lane: 'interactive',
  },
  'analysis.beats': {
    input: AnalysisRef,
    output: z.object({ beats: BeatColumns, episodes: z.array(RhythmEpisode) }),
    idempotent: true,
    lane: 'interactive',
  },
  /** What was found, after the reader's decisions and corrections: what every list, tile and table shows. */
  'analysis.findings': {
    input: AnalysisRef.extend(Whose),
    output: z.object({
      /** Most urgent kind first, in time order within a kind. */
      findings: z.array(Finding),
      counts: FindingCounts,
      beats: CountedBeats,
      /** Null with fewer than two beats of analysable signal. */
      heartRate: HeartRate.nullable(),
      trend: HeartRateTrend,
      hrv: Hrv.nullable(),
      hours: z.array(HourRow),
      leads: z.array(LeadQuality),
      /** Seconds in which at least one ECG lead can be read. */
      analysableS: z.number().min(0),
      /** Analysed time in which none can, in time order. */
      unreadable: z.array(z.object({ startS: z.number().min(0), endS: z.number().min(0) })),
      thresholds: FindingThresholds,
      /** The analysis still runs: everything above is so far. */
      soFar: z.boolean(),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  /** The same for who asks again after each act: what changed since the answer that they know. */
  'analysis.findingsSince': {
    input: AnalysisRef.extend({ ...Whose, ...Knows }),
    output: Changed,
    idempotent: true,
    lane: 'interactive',
  },
  /**
   * The averaged beat of a stretch with its marks and intervals, after the reader's corrections. Measured, not
   * interpreted. Without a stretch the whole recording, or the first minute of a longer one.
   */
  'analysis.measurements': {
    input: AnalysisRef.extend({
      startS: z.number().min(0).optional(),
      /** At most two minutes after `startS`. */
      endS: z.number().positive().optional(),
      ...Whose,
    }),
    output: Measurements,
    idempotent: true,
    lane: 'bulk',
  },
  ...FAMILY_METHODS,
  'analysis.explain': {
    input: AnalysisRef.extend({ segment: z.int().min(0) }),
    output: Overlay,
    idempotent: true,
    lane: 'interactive',
  },

  /** A segment read once more, as it is and with one thing changed, to see whether its verdict stands. Nothing is kept. */
  'analysis.whatIf': {
    input: AnalysisRef.extend({ segment: z.int().min(0) }),
    output: WhatIf,
    idempotent: true,
    lane: 'interactive',
  },

  'review.decide': {
    input: AnalysisRef.extend({ edit: ReviewEdit, reader: Reader, ...KnowsActs }),
    output: ReviewState,
    idempotent: false,
    lane: 'interactive',
  },
  'review.undo': {
    input: AnalysisRef.extend({ redo: z.boolean(), reader: Reader, ...KnowsActs }),
    output: ReviewState,
    idempotent: false,
    lane: 'interactive',
  },
  'review.history': {
    /** A reader whose second read goes on is given their own steps alone. */
    input: AnalysisRef.extend({ reader: Reader.nullable().optional() }),
    output: z.object({ events: z.array(ReviewEvent) }),
    idempotent: true,
    lane: 'interactive',
  },
  'review.summary': {
    input: AnalysisRef.extend({
      /** Whose undo and redo are meant; null for anybody's. */
      reader: Reader.nullable().optional(),
      /**
       * Whose decisions and corrections; null for those of all, the last of which wins. Without it, those of `reader` while
       * a second read of theirs goes on.
       */
      of: Reader.nullable().optional(),
      ...KnowsActs,
    }),
    output: ReviewState,
    idempotent: true,
    lane: 'interactive',
  },
  /**
   * Two reads beside each other: agreement, Cohen's kappa, and what differs. `not-found` without a second read, `conflict`
   * while it goes on, or while one of the asker's own does.
   */
  'review.compare': {
    input: AnalysisRef.extend({
      /** Whose second read; without it the one that began last. */
      second: Reader.optional(),
      asker: Reader.optional(),
    }),
    output: ReadComparison,
    idempotent: true,
    lane: 'interactive',
  },
  /** Writes the review of a finished analysis, or its segments or beats as a table, as a document. */
  'review.export': {
    input: AnalysisRef.extend({
      form: z.enum(REVIEW_FORMS),
      /** False leaves notes and names of readers out of tables. */
      identity: z.boolean().optional(),
      /** Who asks; `conflict` while a second read of theirs goes on. */
      reader: Reader.optional(),
    }),
    output: DocumentRef,
    idempotent: false,
    lane: 'bulk',
  },
  /**
   * Takes over an exported review, marked in the trail as imported: as it is where nothing was decided here, else each of
   * its readers as a second one. `bad-input` where it is about what this analysis does not have, `conflict` where it
   * holds nothing new, or a reader of it has no name or has decided here too.
   */
  'review.import': {
    input: AnalysisRef.extend({
      /** The file's name, for messages and the trail. */
      name: z.string().max(255),
      json: z.string().max(LONGEST_REVIEW),
      /** Who takes it over. */
      reader: Reader,
      /** Name under which its one reader becomes a second one, instead of that in the file. */
      as: Reader.optional(),
    }),
    output: ReviewState,
    idempotent: false,
    lane: 'bulk',
  },

  'scan.start': {
    input: z.object({
      /** Folder ids handed out when a folder was picked, dropped or named on the command line. */
      sourceIds: z.array(z.string()).min(1),
      modelId: z.string().nullable(),
    }),
    output: z.object({ scanId: z.string() }),
    idempotent: false,
    lane: 'bulk',
  },
  'scan.cancel': {
    input: z.object({ scanId: z.string() }),
    output: Empty,
    idempotent: false,
    lane: 'interactive',
  },
  'scan.rows': {
    input: z.object({ scanId: z.string(), from: z.int().min(0) }),
    output: z.object({ rows: z.array(ScanRow), done: z.boolean() }),
    idempotent: true,
    lane: 'interactive',
  },

  ...REPORT_METHODS,

  'models.list': {
    input: Empty,
    output: z.object({
      models: z.array(ModelCard),
      defaultModelId: z.string().nullable(),
      /** One sentence for each model that was found and not loaded. */
      refused: z.array(z.string()).optional(),
      /** Every network that there is, in use or not, by its key. */
      every: z.array(KnownNetwork).optional(),
      /** Who took which network into use, and when; oldest first. */
      adoptions: z.array(Adoption).optional(),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  ...NETWORK_METHODS,
  /** What was tried to run each model on, and why it runs where it does. Tries nothing. */
  'devices.list': {
    input: Empty,
    output: z.object({ models: z.array(ModelDevices) }),
    idempotent: true,
    lane: 'interactive',
  },

  ...SETTINGS_METHODS,
} as const satisfies Record<string, Method>;

export type Methods = typeof METHODS;
export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = z.infer<Methods[M]['input']>;
export type MethodOutput<M extends MethodName> = z.infer<Methods[M]['output']>;

export function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(METHODS, name);
}
