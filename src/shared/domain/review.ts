import { z } from 'zod';
import { BEAT_CLASSES } from './beat-classes';
import { FINDING_KINDS, REJECTED_AS } from './finding-kinds';

/** What a reader says of a segment. `none` is the state before a decision and after its undo. */
export const Decision = z.enum(['none', 'agree', 'overrule', 'unsure']);
export type Decision = z.infer<typeof Decision>;

/** A change a reader makes by hand. Every one can be undone. */
export const ReviewEdit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decide-segments'),
    segments: z.array(z.int().min(0)).min(1),
    decision: Decision,
    note: z.string().max(4000),
  }),
  z.object({ kind: z.literal('reclass-beat'), timeS: z.number(), beatClass: z.enum(BEAT_CLASSES) }),
  z.object({ kind: z.literal('add-beat'), timeS: z.number(), beatClass: z.enum(BEAT_CLASSES) }),
  z.object({ kind: z.literal('delete-beat'), timeS: z.number() }),
  z.object({ kind: z.literal('move-beat'), timeS: z.number(), toTimeS: z.number() }),
]);
export type ReviewEdit = z.infer<typeof ReviewEdit>;

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
});
export type ReviewEvent = z.infer<typeof ReviewEvent>;

export const SegmentDecision = z.object({
  segment: z.int(),
  decision: Decision,
  note: z.string(),
  reader: z.string(),
  atMs: z.number(),
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
});
export type FindingDecision = z.infer<typeof FindingDecision>;

/** Everything decided on one analysis, as it stands after every undo and redo. */
export const ReviewState = z.object({
  analysisId: z.string(),
  decisions: z.array(SegmentDecision),
  beatEdits: z.array(ReviewEdit),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  counts: z.object({
    flagged: z.int(),
    decided: z.int(),
    agreed: z.int(),
    overruled: z.int(),
    unsure: z.int(),
    /** agreed / (agreed + overruled), null before either. */
    agreement: z.number().nullable(),
  }),
});
export type ReviewState = z.infer<typeof ReviewState>;
