import { z } from 'zod';
import { Judged } from './finding';
import { FINDING_KINDS } from './finding-kinds';
import { SecondRead } from './second-read';
import { Teaching } from './teaching';

/**
 * The rules that bring a recording to the top of the worklist; their thresholds are among the settings. Of what is flagged
 * and named by no event `vf` may be ventricular fibrillation, and `pressing` is what else cannot wait (`isPressingReason`).
 */
const URGENT_RULES = [
  'asystole',
  'vf',
  'pause',
  'tachycardia',
  'pressing',
  'af',
  'burden',
] as const;
export type UrgentRule = (typeof URGENT_RULES)[number];

/** A rule that a recording meets. */
export const RuleMet = z.object({
  rule: z.enum(URGENT_RULES),
  /** What meets it: seconds of the longest pause or stretch, beats of the longest tachycardia, seconds of fibrillation, share of beats. */
  value: z.number().min(0),
  /** Something that meets it is not decided. */
  open: z.boolean(),
});
export type RuleMet = z.infer<typeof RuleMet>;

/**
 * What the worklist says of a recording, after the reader's decisions: taken from its findings, never counted apart.
 * What is null cannot be judged: there is too little of it.
 */
export const WorklistFigures = z.object({
  rules: z.array(RuleMet),
  /** What was looked for; absent from figures that an earlier version counted. */
  judged: Judged.optional(),
  /** The most marked event of the most urgent kind. */
  worst: z
    .object({ kind: z.enum(FINDING_KINDS), startS: z.number().min(0), endS: z.number().min(0) })
    .nullable(),
  /** Ventricular tachycardia with the most beats; of those with as many the fastest. */
  longestTachycardia: z.object({ beats: z.int(), rateBpm: z.number().nullable() }).nullable(),
  fastestRunBpm: z.number().nullable(),
  /** 0 where there is none. */
  longestPauseS: z.number().min(0),
  afS: z.number().min(0).nullable(),
  ventricularPerHour: z.number().min(0).nullable(),
  ventricularShare: z.number().min(0).max(1).nullable(),
  supraventricularPerHour: z.number().min(0).nullable(),
  lowestBpm: z.number().nullable(),
  highestBpm: z.number().nullable(),
  analysableS: z.number().min(0),
  unreadableShare: z.number().min(0).max(1),
  borderline: z.int().min(0),
  /** What reading it would teach a network; absent from figures that an earlier version counted. */
  teaching: Teaching.optional(),
  /** Events that are settled one by one, and how many of them are. */
  events: z.int().min(0),
  decided: z.int().min(0),
  /** Who decided last; empty without a name, null where nobody has. */
  reader: z.string().nullable(),
  /** Second reads, of which nothing above says anything. */
  secondReads: z.array(SecondRead).optional(),
});
export type WorklistFigures = z.infer<typeof WorklistFigures>;
