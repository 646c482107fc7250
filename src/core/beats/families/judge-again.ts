import { upperMedian } from '../../../shared/domain/order-statistics';
import type { BeatShapes } from './beat-shapes';
import { likeExamples, rhythmsOf, type Rhythms } from './like-examples';

/** Fewer beats than this that a reader settled are no example. */
const FEWEST_EXAMPLES = 3;
/** Correlation of the means of two forms from which what a reader said of one is said of the other. */
const WHOLE = 0.8;
/** Largest difference of two forms' median rhythm, as a logarithm: an early form is no example for one on time. */
const SAME_RHYTHM = 0.2;

/** A family as a reader left it, as far as judging needs it. */
export interface JudgedFamily {
  /** Indices of beats in time order. */
  readonly members: readonly number[];
  /** Index into BEAT_CLASSES. */
  readonly beatClass: number;
  readonly alone: boolean;
}

export interface JudgeInput {
  /** Of the program's beats, as their form and class are. */
  readonly shapes: BeatShapes;
  readonly form: Uint16Array;
  readonly formClass: Uint8Array;
  /** Probability of the program's class, [program's beats]; absent where it is not known. */
  readonly confidence?: Float32Array | undefined;
  /** Index of each beat among the program's, -1 for one that a reader added. */
  readonly programBeat: Int32Array;
  readonly timeS: Float64Array;
  readonly follows: Uint8Array;
  /** Place in the trail at which each was set by hand, 0 where never, [beats]. */
  readonly handAt: Uint32Array;
  readonly families: readonly JudgedFamily[];
  /** What `rhythmsOf` says of the beats, where it is at hand. */
  readonly rhythms?: () => Rhythms;
  /** Other families by the correlation of their means with that of one, the most alike first. */
  alike(family: number): readonly { readonly other: number; readonly likeness: number }[];
}

/** What examples say of some beats of a family: a proposal and no decision. */
export interface Proposal {
  /** Index of the family that they are like. */
  readonly of: number;
  /** Index into BEAT_CLASSES. */
  readonly beatClass: number;
  /** Correlation with it: of the means of two forms, or the median over single beats. */
  readonly likeness: number;
  /** Beats that it is about, in time order. */
  readonly beats: readonly number[];
}

/**
 * Judges what no reader has settled again, with what was settled as examples: where the reader changed a class, the program
 * takes the same for the same elsewhere in this recording. A form is held against the forms whose class was changed, and the
 * beats of a form against those that were taken out of it (`likeExamples`).
 * @returns one for each family, null where no example speaks for another class
 */
export function judgeAgain(input: JudgeInput): (Proposal | null)[] {
  let made: Rhythms | null = null;
  // Where no class was changed nobody asks for them.
  const rhythms = (): Rhythms => (made ??= input.rhythms?.() ?? rhythmsOf(input));
  const sizes = new Uint32Array(input.formClass.length);
  for (const own of input.form) sizes[own]!++;
  const examples = input.families.map((family) => exampleOf(input, family, sizes));
  return input.families.map(
    (_, k) => ofWhole(input, k, examples, rhythms) ?? ofTakenOut(input, k, examples, rhythms),
  );
}

/** The settled beats of a family whose class the reader changed. */
interface Example {
  /** Form and class of the program that most of them had. */
  readonly form: number;
  readonly programClass: number;
  readonly beatClass: number;
  readonly beats: readonly number[];
  /** Most of the form's beats are among them: the form was given a class, and not a few of its beats. */
  readonly isForm: boolean;
  /** Median of their `Rhythms.before`, once it was asked for. */
  rhythm?: number;
}

function exampleOf(
  { handAt, programBeat, form, formClass }: JudgeInput,
  { members, beatClass }: JudgedFamily,
  sizes: Uint32Array,
): Example | null {
  const settled = members.filter((beat) => handAt[beat]! > 0 && programBeat[beat]! >= 0);
  if (settled.length < FEWEST_EXAMPLES) return null;
  const own = mostFrequent(settled.map((beat) => form[programBeat[beat]!]!));
  const ofForm = settled.filter((beat) => form[programBeat[beat]!] === own).length;
  return {
    isForm: 2 * ofForm > sizes[own]!,
    ...{ form: own, programClass: formClass[own]!, beatClass, beats: settled },
  };
}

/** A form that nobody has looked at, and what is said of it by the one most like it of those that were settled. */
function ofWhole(
  { families, handAt, programBeat, alike }: JudgeInput,
  k: number,
  examples: readonly (Example | null)[],
  rhythms: () => Rhythms,
): Proposal | null {
  const { members, beatClass, alone } = families[k]!;
  if (alone || members.some((beat) => handAt[beat]! > 0)) return null;
  const speaks = (example: Example | null | undefined): boolean =>
    example?.isForm === true &&
    example.beatClass !== beatClass &&
    example.programClass === beatClass;
  if (!examples.some(speaks)) return null;
  const rhythm = medianRhythm(members, rhythms());
  const nearest = alike(k).find(({ other, likeness }) => {
    const example = likeness >= WHOLE ? examples[other] : null;
    if (!example?.isForm) return false;
    example.rhythm ??= medianRhythm(example.beats, rhythms());
    return Math.abs(example.rhythm - rhythm) <= SAME_RHYTHM;
  });
  const example = nearest && examples[nearest.other];
  if (!example || !speaks(example)) return null;
  return {
    ...{ of: nearest.other, beatClass: example.beatClass, likeness: nearest.likeness },
    beats: members.filter((beat) => programBeat[beat]! >= 0),
  };
}

/** Beats of a family that are like others of its form that a reader took out of it and gave another class. */
function ofTakenOut(
  input: JudgeInput,
  k: number,
  examples: readonly (Example | null)[],
  rhythms: () => Rhythms,
): Proposal | null {
  const { families, handAt, programBeat, form } = input;
  const { members, beatClass, alone } = families[k]!;
  const rest = members.filter((beat) => handAt[beat]! === 0 && programBeat[beat]! >= 0);
  if (alone || rest.length === 0) return null;
  const own = mostFrequent(rest.map((beat) => form[programBeat[beat]!]!));
  let most: Proposal | null = null;
  examples.forEach((example, of) => {
    if (!example || of === k || example.form !== own || example.beatClass === beatClass) return;
    const like = likeExamples(input, rest, example.beats, rhythms());
    if (like && like.beats.length > (most?.beats.length ?? 0))
      most = { of, beatClass: example.beatClass, ...like };
  });
  return most;
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function medianRhythm(beats: readonly number[], { before }: Rhythms): number {
  return upperMedian(beats.map((beat) => before[beat]!));
}
