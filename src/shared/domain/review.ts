import { z } from 'zod';
import { Changed } from './changed';
import { BEAT_CLASSES } from './beat-classes';
import { BlindAnswer } from './finding';
import { FINDING_KINDS, REJECTED_AS } from './finding-kinds';
import { CaliperMark, FIDUCIALS } from './measurements';
import { ReportChange, ReportSignature } from './report';
import { Adjudication, SecondRead, SecondReadStep } from './second-read';

/** What a reader says of a segment. `none` is the state before a decision and after its undo. */
export const Decision = z.enum(['none', 'agree', 'overrule', 'unsure']);
export type Decision = z.infer<typeof Decision>;

/** What a reader says of a finding; `none` takes it back. */
export const FindingVerdict = z.enum(['none', 'confirm', 'reject', 'unsure']);
export type FindingVerdict = z.infer<typeof FindingVerdict>;

/** Said before what the program had found was shown: the trail keeps that. */
const Blind = z.literal(true).optional();

/** More beats than a week of Holter has. */
const MOST_BEATS = 1_500_000;
const Times = z.array(z.number()).min(1).max(MOST_BEATS);

/** A change a reader makes by hand, whatever the number of things that it is about. Every one can be undone. */
export const ReviewEdit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decide-segments'),
    segments: z.array(z.int().min(0)).min(1),
    decision: Decision,
    note: z.string().max(4000),
    adjudicates: Adjudication.optional(),
    blind: Blind,
  }),
  z.object({
    kind: z.literal('decide-findings'),
    /** With where they are, so that the decision finds them after a beat was corrected elsewhere. */
    findings: z
      .array(
        z.object({
          id: z.string().min(1).max(100),
          kind: z.enum(FINDING_KINDS),
          startS: z.number().min(0),
          endS: z.number().min(0),
        }),
      )
      .min(1),
    decision: FindingVerdict,
    note: z.string().max(4000),
    /** For `reject`: what they are instead, where the reader says. */
    rejectedAs: z.enum(REJECTED_AS).nullable(),
    adjudicates: Adjudication.optional(),
    blind: Blind,
  }),
  /** Sets the class of a family of beats. The class that they have says: seen, and right. */
  z.object({
    kind: z.literal('relabel-beats'),
    timesS: Times,
    beatClass: z.enum(BEAT_CLASSES),
    /** Name of the family, for the trail. */
    family: z.string().max(200),
  }),
  z.object({ kind: z.literal('delete-beats'), timesS: Times, family: z.string().max(200) }),
  /** Says of beats, whatever their classes, that they were seen and are right. */
  z.object({ kind: z.literal('see-beats'), timesS: Times, family: z.string().max(200) }),
  /** Makes one form of beats: parts them from theirs, or brings several forms together. */
  z.object({
    kind: z.literal('form-beats'),
    timesS: Times,
    /** Name of the form, unlike that of any other. */
    form: z.string().min(1).max(100),
    /** The class that they have then, null for that of each. */
    beatClass: z.enum(BEAT_CLASSES).nullable(),
    family: z.string().max(200),
  }),
  z.object({ kind: z.literal('reclass-beat'), timeS: z.number(), beatClass: z.enum(BEAT_CLASSES) }),
  z.object({ kind: z.literal('add-beat'), timeS: z.number(), beatClass: z.enum(BEAT_CLASSES) }),
  z.object({ kind: z.literal('delete-beat'), timeS: z.number() }),
  z.object({ kind: z.literal('move-beat'), timeS: z.number(), toTimeS: z.number() }),
  /** Moves a mark of the averaged beat of a stretch. */
  z.object({
    kind: z.literal('move-fiducial'),
    startS: z.number().min(0),
    endS: z.number().min(0),
    fiducial: z.enum(FIDUCIALS),
    /** From the R peak; null where the reader sees no such wave. */
    atMs: z.number().min(-1000).max(2000).nullable(),
  }),
  /** Keeps, changes or removes (`mark` null) what was measured with the calipers. */
  z.object({
    kind: z.literal('set-caliper'),
    id: CaliperMark.shape.id,
    mark: CaliperMark.nullable(),
  }),
  /** What the report says besides the findings: each part that is given replaces what there was. */
  z.object({ kind: z.literal('edit-report'), report: ReportChange }),
  /** The report as it stood, made final. No undo takes it back; a later change makes an amended report. */
  z.object({ kind: z.literal('sign-report'), signature: ReportSignature }),
  SecondReadStep,
]);
export type ReviewEdit = z.infer<typeof ReviewEdit>;

/** How an event came from another store: the file's name, who took it over and when. */
export const ImportMark = z.object({ from: z.string(), by: z.string(), atMs: z.number() });
export type ImportMark = z.infer<typeof ImportMark>;

/** One line of the append-only trail. `undo` and `redo` are lines of their own. */
export const ReviewEvent = z.object({
  sequence: z.int(),
  atMs: z.number(),
  reader: z.string(),
  action: z.enum(['edit', 'undo', 'redo']),
  edit: ReviewEdit,
  before: z.unknown(),
  after: z.unknown(),
  modelSha256: z.string(),
  /** Absent from what was done here. */
  imported: ImportMark.optional(),
});
export type ReviewEvent = z.infer<typeof ReviewEvent>;

export const SegmentDecision = z.object({
  segment: z.int(),
  decision: Decision,
  note: z.string(),
  reader: z.string(),
  atMs: z.number(),
  /** True where it follows from decisions on the findings in the segment. */
  settled: z.boolean().optional(),
  blind: BlindAnswer.optional(),
});
export type SegmentDecision = z.infer<typeof SegmentDecision>;

/** What a reader said of a finding, with where it was: it is found again after a beat was corrected elsewhere. */
export const FindingDecision = z.object({
  id: z.string(),
  kind: z.enum(FINDING_KINDS),
  startS: z.number().min(0),
  endS: z.number().min(0),
  state: z.enum(['confirmed', 'rejected', 'unsure']),
  note: z.string(),
  /** What a rejected one is instead, where the reader said. */
  rejectedAs: z.enum(REJECTED_AS).nullable(),
  reader: z.string(),
  atMs: z.number(),
  blind: BlindAnswer.optional(),
});
export type FindingDecision = z.infer<typeof FindingDecision>;

/** A mark of the calipers with who set it last. */
export const KeptCaliper = CaliperMark.extend({ reader: z.string(), atMs: z.number() });
export type KeptCaliper = z.infer<typeof KeptCaliper>;

/** Everything decided on one analysis, as it stands after every undo and redo. */
export const ReviewState = z.object({
  analysisId: z.string(),
  /** Place in the trail up to which this says what stands. */
  sequence: z.int().optional(),
  /** None where `decided` says what changed of them. */
  decisions: z.array(SegmentDecision),
  /** What changed of `decisions`, for an asker who has them as they were (`knowsDecided`): a day has 240 kB of them. */
  decided: Changed.optional(),
  /** Places in the trail of the edits of beats that are in force, in order. */
  beatActs: z.array(z.int()),
  /** Those edits, in order; without those that the asker knows (`knowsActs`) and the one that this answers (`made`). */
  beatEdits: z.array(ReviewEdit),
  /** Place in the trail of the edit of beats that this answers, where its asker knows what it says. */
  made: z.int().optional(),
  /** What was measured with the calipers and kept, in the order in which it was first. */
  calipers: z.array(KeptCaliper).optional(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** Who made any of it. */
  readers: z.array(z.string()),
  /** Second reads, in the order in which they began. */
  secondReads: z.array(SecondRead).optional(),
  /** This is a second read that goes on: what its reader alone decided. */
  apart: z.boolean().optional(),
  counts: z.object({
    flagged: z.int(),
    decided: z.int(),
    /** Segments in the refer band that are not flagged, and those of them that are decided. */
    borderline: z.int(),
    borderlineDecided: z.int(),
    agreed: z.int(),
    overruled: z.int(),
    unsure: z.int(),
    /** agreed / (agreed + overruled), null before either. */
    agreement: z.number().nullable(),
  }),
});
export type ReviewState = z.infer<typeof ReviewState>;
