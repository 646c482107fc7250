import { z } from 'zod';
import {
  BEAT_CLASSES,
  BeatFamily,
  BeatsOfFamilies,
  Changed,
  Consequences,
  FamilyAct,
  FamilyMembers,
  MeantBeats,
  ReviewState,
  ShapeGrid,
} from '../domain';
import { AnalysisRef, Knows, KnowsActs, Reader, Whose } from './shapes';

/** What is asked about families of beats; a part of `METHODS`. */
export const FAMILY_METHODS = {
  /**
   * Beats by form and class, after the reader's decisions and corrections: the beats that count in the findings, each in
   * one family. The first call for an analysis compares all beats, which takes seconds for a day (`families.progress`);
   * `conflict` while the analysis still runs.
   */
  'families.list': {
    input: AnalysisRef.extend(Whose),
    output: z.object({
      grid: ShapeGrid,
      /** The largest first, those of beats that are unlike any other at the end. */
      families: z.array(BeatFamily),
      members: FamilyMembers,
      /** Mean of each family, [families, leads, samples]; see `ShapeGrid`. */
      meansUv: z.instanceof(Int16Array),
      /** Up to 60 members of each family to lay over one another, [shapes, leads, samples]. */
      shapesUv: z.instanceof(Int16Array),
      /** Where the shapes of each family end, [families]. */
      shapesEnd: z.instanceof(Uint32Array),
      /** Median interval between two normal beats, milliseconds. */
      usualRrMs: z.number().nullable(),
    }),
    idempotent: true,
    lane: 'interactive',
  },
  /** The same for who asks again after each act: what changed since the answer that they know. */
  'families.listSince': {
    input: AnalysisRef.extend({ ...Whose, ...Knows }),
    output: Changed,
    idempotent: true,
    lane: 'interactive',
  },
  /** What giving beats another class would change, before it is done; `not-found` where no beat of these families is left. */
  'families.preview': {
    input: AnalysisRef.extend({
      of: BeatsOfFamilies,
      beatClass: z.enum(BEAT_CLASSES),
      ...Whose,
    }),
    output: Consequences,
    idempotent: true,
    lane: 'interactive',
  },
  /**
   * `review.decide` about beats that are named by their families; `conflict` where these are not the beats that the asker
   * means any more.
   */
  'families.decide': {
    input: AnalysisRef.extend({
      of: BeatsOfFamilies,
      meant: MeantBeats,
      act: FamilyAct,
      /** Name of the families, for the trail. */
      family: z.string().max(200),
      reader: Reader,
      ...KnowsActs,
    }),
    output: ReviewState,
    idempotent: false,
    lane: 'interactive',
  },
  /** Shapes of beats by their times, [beats, leads, samples]; see `ShapeGrid`. */
  'families.shapes': {
    input: AnalysisRef.extend({ timesS: z.array(z.number()).min(1).max(1000) }),
    output: z.object({ uv: z.instanceof(Int16Array) }),
    idempotent: true,
    lane: 'interactive',
  },
} as const;
