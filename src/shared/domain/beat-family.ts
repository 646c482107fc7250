import { z } from 'zod';
import { BEAT_CLASSES } from './beat-classes';

/** Beats of one class and one form, as a reader left them. Times are seconds from the start of the recording. */
export const BeatFamily = z.object({
  /** Stays the same as long as the form and the class do, whatever else is decided. */
  id: z.string().min(1).max(100),
  /** Class and a letter, as in `V a`; of the beats of a class that are unlike any other `V alone`. */
  name: z.string(),
  beatClass: z.enum(BEAT_CLASSES),
  /** No form, but the beats of its class that are unlike any other. */
  alone: z.boolean(),
  beats: z.int().positive(),
  /** Of all beats, 0 to 1. */
  share: z.number().min(0).max(1),
  /** Beats that a reader has set, or said to be right, by hand. */
  seen: z.int().min(0),
  firstS: z.number(),
  lastS: z.number(),
  /** Median interval from the beat before, milliseconds; null where none follows another. */
  rrBeforeMs: z.number().nullable(),
  /** Forms whose means are most like its own, whatever their class, the most alike first. */
  alike: z.array(z.object({ id: z.string(), likeness: z.number().min(-1).max(1) })),
  /** What the families that the reader settled say of beats that are not settled, where it is another class. */
  proposal: z
    .object({
      /** Id of the settled family that they are like. */
      of: z.string(),
      beatClass: z.enum(BEAT_CLASSES),
      /** Median correlation with its mean. */
      likeness: z.number().min(-1).max(1),
      /** How many beats it is about; `FamilyMembers.proposed` says which. */
      beats: z.int().positive(),
    })
    .optional(),
});
export type BeatFamily = z.infer<typeof BeatFamily>;

/** Beats of a recording with the family of each, one entry a beat in every column, in time order. */
export const FamilyMembers = z.object({
  timeS: z.instanceof(Float64Array),
  /** Index into the list of families. */
  family: z.instanceof(Uint16Array),
  /** Correlation with the mean of the family, -1 to 1; 0 for a beat that is unlike any other. */
  likeness: z.instanceof(Float32Array),
  /** 1 where a reader has set the class, or said that it is right. */
  byHand: z.instanceof(Uint8Array),
  /** 1 where the proposal of the family is about the beat. */
  proposed: z.instanceof(Uint8Array),
});
export type FamilyMembers = z.infer<typeof FamilyMembers>;

/**
 * Beats named by the families that they are in, as the list of families stands: a family of a day has 80 000 beats, whose
 * times would be a megabyte with every question.
 */
export const BeatsOfFamilies = z.object({
  /** Ids of families. */
  families: z.array(z.string().min(1).max(100)).min(1).max(65_536),
  /**
   * `rest`: all but those that were taken out; `out`: those alone; `proposed`: of the rest what the proposals of the
   * families are about.
   */
  which: z.enum(['all', 'rest', 'out', 'proposed']),
  /** Beats that were taken out of their families, by their times in seconds. */
  outS: z.array(z.number()).max(1_500_000),
});
export type BeatsOfFamilies = z.infer<typeof BeatsOfFamilies>;

/** What a reader does with all of them at once: the edit of the same kind without the times of its beats. */
export const FamilyAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('see-beats') }),
  z.object({ kind: z.literal('relabel-beats'), beatClass: z.enum(BEAT_CLASSES) }),
  z.object({
    kind: z.literal('form-beats'),
    form: z.string().min(1).max(100),
    beatClass: z.enum(BEAT_CLASSES).nullable(),
  }),
]);
export type FamilyAct = z.infer<typeof FamilyAct>;

/** Which beats somebody means who names them by their families: another beat among them is told. */
export const MeantBeats = z.object({
  beats: z.int().min(1),
  /** Sum of their times in microseconds, modulo 2^32. */
  checksum: z.int().min(0),
});
export type MeantBeats = z.infer<typeof MeantBeats>;

/** @param timesS in any order */
export function meantBeats(timesS: readonly number[]): MeantBeats {
  let checksum = 0;
  for (const timeS of timesS) checksum = (checksum + (Math.round(1e6 * timeS) % 2 ** 32)) % 2 ** 32;
  return { beats: timesS.length, checksum };
}

/** How shapes lie in their arrays: row-major [beats, leads, samples], in microvolts. */
export const ShapeGrid = z.object({
  /** The leads that beats are compared in. */
  leads: z.array(z.object({ index: z.int().min(0), name: z.string() })),
  rateHz: z.number().positive(),
  samples: z.int().positive(),
  /** Samples before the middle of the QRS complex. */
  before: z.int().min(0),
});
export type ShapeGrid = z.infer<typeof ShapeGrid>;

/** Stands for a lead that a beat is not seen in, in arrays of microvolts. */
export const MISSING_UV = -32768;
