import { z } from 'zod';
import { ReadComparison } from './second-read';

/** A strip that a reader put on the report. */
export const ChosenStrip = z.object({
  /** Id of the finding that it shows, or of the stretch, as `stretch@4200-12000` in milliseconds. */
  id: z.string().min(1).max(120),
  /** The finding that it shows, found again by this id; null for a stretch of the recording. */
  findingId: z.string().max(100).nullable(),
  /** What it is about, seconds from the start; the paper shows a beat more on either side. */
  startS: z.number().min(0),
  endS: z.number().min(0),
  /** In the reader's words; empty where the program's serve. */
  title: z.string().max(200),
  comment: z.string().max(1000),
});
export type ChosenStrip = z.infer<typeof ChosenStrip>;

/** The conclusion as a reader left it. */
export const WrittenConclusion = z.object({
  /** Sentences that the reader put into other words. One holds as long as the sentence that it replaced does. */
  sentences: z
    .array(
      z.object({
        key: z.string().max(60),
        /** The program's words at the time. */
        of: z.string().max(2000),
        /** The reader's; empty leaves the sentence out. */
        text: z.string().max(2000),
      }),
    )
    .max(60),
  /** What the reader concludes, in their own words below the sentences. */
  words: z.string().max(4000),
});
export type WrittenConclusion = z.infer<typeof WrittenConclusion>;

const Line = z.string().max(300);

/** Who was recorded and for whom, where the reader said it otherwise than the file; null is what the file says. */
export const ReportIdentity = z.object({
  name: Line.nullable(),
  number: Line.nullable(),
  /** Sex, age and birth in one line. */
  person: Line.nullable(),
  askedBy: Line.nullable(),
  question: Line.nullable(),
  drugs: Line.nullable(),
});
export type ReportIdentity = z.infer<typeof ReportIdentity>;

/** Most strips on a report: more than anyone reads. */
const MOST_STRIPS = 60;

/** Parts of a report that a reader set; null is the program's own again. */
export const ReportChange = z.object({
  strips: z.array(ChosenStrip).max(MOST_STRIPS).nullable().optional(),
  conclusion: WrittenConclusion.nullable().optional(),
  identity: ReportIdentity.nullable().optional(),
});
export type ReportChange = z.infer<typeof ReportChange>;

/** A number of page 1 under its name, as `ventricular beats` `4 960`. */
export const ReportFigure = z.object({ name: z.string().max(120), value: z.string().max(120) });
export type ReportFigure = z.infer<typeof ReportFigure>;

/** What was signed. */
export const ReportSignature = z.object({
  /** 1 for the first, and one more for each amended report. */
  version: z.int().min(1),
  /** SHA-256 of all that the report says; another one is another report. */
  digest: z.string().max(64),
  /** Page 1 in numbers, so that an amended report can say what changed. */
  figures: z.array(ReportFigure).max(200),
});
export type ReportSignature = z.infer<typeof ReportSignature>;

/** A signature in its place in the trail. */
export const SignedReport = z.object({
  version: z.int(),
  reader: z.string(),
  atMs: z.number(),
  /** Whether the PDF that was signed is kept in this store; a review taken over from elsewhere has none. */
  kept: z.boolean(),
});
export type SignedReport = z.infer<typeof SignedReport>;

/** How far a report is. */
export const ReportState = z.object({
  /** `preliminary` until it is signed; `amended` once it says something else than what was signed first. */
  kind: z.enum(['preliminary', 'final', 'amended']),
  /** Whether what it says now was signed. */
  signed: z.boolean(),
  /** 0 for the first report, n for the n-th amended one. */
  amendment: z.int().min(0),
  /** Events that are looked at one by one: all of them, and those that nobody has decided. */
  events: z.int(),
  open: z.int(),
  /** Events on which two reads differ and nobody has settled which holds. */
  differences: z.int().min(0).optional(),
  /** Oldest first. */
  signatures: z.array(SignedReport),
});
export type ReportState = z.infer<typeof ReportState>;

/** A part of a sentence; one with a place is about what lies there. */
export const SentencePart = z.object({
  text: z.string(),
  findingId: z.string().nullable().optional(),
  atS: z.number().nullable().optional(),
});
export type SentencePart = z.infer<typeof SentencePart>;

/** A sentence of the conclusion. */
export const ConclusionSentence = z.object({
  key: z.string(),
  /** The program's words, from what was confirmed and what is open. */
  parts: z.array(SentencePart),
  /** The reader's words instead; empty where they left it out, null where the program's stand. */
  written: z.string().nullable(),
  /** What the reader had written for a sentence that says something else by now; it no longer stands. */
  outdated: z.string().nullable(),
});
export type ConclusionSentence = z.infer<typeof ConclusionSentence>;

/** A strip of the report as it will be printed. */
export const ReportDraftStrip = ChosenStrip.extend({
  /** The program's title, where the reader gave none. */
  ownTitle: z.string(),
  /** What it measures, as `VT, 12 beats, 159 bpm`; empty for a stretch. */
  value: z.string(),
  /** What was decided on its finding; null for a stretch. */
  state: z.enum(['open', 'confirmed', 'rejected', 'unsure']).nullable(),
});
export type ReportDraftStrip = z.infer<typeof ReportDraftStrip>;

/** Which number of page 1 changed, and from what. */
export const ChangedFigure = z.object({ name: z.string(), before: z.string(), now: z.string() });
export type ChangedFigure = z.infer<typeof ChangedFigure>;

/** Who changed what. */
export const ReportAudit = z.object({
  figures: z.array(ChangedFigure),
  readers: z.array(z.object({ reader: z.string(), acts: z.int(), lastAtMs: z.number() })),
});
export type ReportAudit = z.infer<typeof ReportAudit>;

/** An act that changed a number of page 1, by its place in the trail. */
export const FigureStep = z.object({
  sequence: z.int(),
  reader: z.string(),
  atMs: z.number(),
  before: z.string(),
  now: z.string(),
});
export type FigureStep = z.infer<typeof FigureStep>;

/** The numbers of page 1 that acts changed, each with those acts in the order of the trail. */
export const FigureHistories = z.object({
  figures: z.array(z.object({ name: z.string(), steps: z.array(FigureStep) })),
  /** Acts beyond those that are followed. */
  leftOut: z.int().min(0),
});
export type FigureHistories = z.infer<typeof FigureHistories>;

/** The report before it is written: everything of it that a reader may change, and how far it is. */
export const ReportDraft = z.object({
  analysisId: z.string(),
  /** Place in the trail that this is as of; signing something else than this is refused. */
  sequence: z.int(),
  state: ReportState,
  /** As the file says it. */
  fileIdentity: ReportIdentity,
  /** As the reader left it, null where the file's stands. */
  identity: ReportIdentity,
  sentences: z.array(ConclusionSentence),
  words: z.string(),
  strips: z.array(ReportDraftStrip),
  /** True as long as the program chooses them. */
  ownStrips: z.boolean(),
  /** What the readers changed of what the program found. */
  audit: ReportAudit,
  /** What changed since the last signature; null before one. */
  amended: ReportAudit.nullable(),
  /** Two reads beside each other, where there are two. */
  reads: ReadComparison.nullable().optional(),
});
export type ReportDraft = z.infer<typeof ReportDraft>;
