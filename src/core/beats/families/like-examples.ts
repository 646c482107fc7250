import { upperMedian } from '../../../shared/domain/order-statistics';
import type { BeatShapes } from './beat-shapes';
import { evenly } from './evenly';

/** Beats on each side whose intervals say what is usual where a beat is. */
const NEIGHBOURS = 12;
/** Beats that what is usual in a family is taken from at most. */
const USUAL_BEATS = 2000;
/** Examples at most that are held against the others one by one. */
const CHECKED = 24;
/** Place between the family's median (-0.5) and the examples' mean (0.5) from which a beat counts as one of the examples. */
const LEAST_SCORE = 0.35;
/** Standard deviations for a median absolute deviation, normal distribution. */
const PER_MAD = 1.4826;
/** Measures of a beat; see `measuresOf`. */
const MEASURES = 5;
/** Least spread of each measure: a family without any would make a difference of nothing count. */
const LEAST_SPREAD = [0.02, 0.02, 0.02, 0.1, 0.3] as const;

/** Logarithms of the intervals around beats to the median of those near by, -1 to 1; 0 where there is none, [beats]. */
export interface Rhythms {
  readonly before: Float32Array;
  readonly after: Float32Array;
  /** The interval before the one before. */
  readonly earlier: Float32Array;
}

export interface ExampleInput {
  readonly shapes: BeatShapes;
  readonly confidence?: Float32Array | undefined;
  readonly programBeat: Int32Array;
}

/**
 * Beats of a form that are like a few of it that a reader gave another class: a linear discriminant with a diagonal of robust
 * spreads (Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., 18.2) over three intervals, the way
 * from the family's mean to that of the examples (P wave and T wave with it), and how sure the program was. Where an example is
 * not told from the family by the others it is chance that they have in common, and nothing is said.
 * @param rest beats that nobody has settled
 * @param examples beats that a reader took out of them, three or more
 * @returns those that are like them with their median correlation; null for none
 */
export function likeExamples(
  input: ExampleInput,
  rest: readonly number[],
  examples: readonly number[],
  rhythms: Rhythms,
): { readonly beats: number[]; readonly likeness: number } | null {
  const usual = evenly(rest.length, USUAL_BEATS).map((i) => rest[i]!);
  const held = evenly(examples.length, CHECKED).map((i) => examples[i]!);
  const family = meanShape(input, usual);
  const agree = held.every((one) => {
    const others = held.filter((other) => other !== one);
    return discriminant(input, usual, others, family, rhythms)(one) > 0;
  });
  if (!agree) return null;
  const score = discriminant(input, usual, examples, family, rhythms);
  const beats = rest.filter((beat) => score(beat) >= LEAST_SCORE);
  if (beats.length === 0) return null;
  const mean = meanShape(input, examples);
  const likeness = beats.map((beat) => {
    const shape = shapeOf(input, beat);
    return dot(shape, mean) / (Math.sqrt(dot(shape, shape) * dot(mean, mean)) || 1);
  });
  return { beats, likeness: upperMedian(likeness) };
}

/** The place of a beat between the family's median (-0.5) and the examples' mean (0.5). */
function discriminant(
  input: ExampleInput,
  usual: readonly number[],
  examples: readonly number[],
  family: Float64Array,
  rhythms: Rhythms,
): (beat: number) => number {
  const way = meanShape(input, examples).map((value, i) => value - family[i]!);
  const length = dot(way, way) || 1;
  const measures = (beat: number): number[] =>
    measuresOf(input, beat, { family, way, length, rhythms });
  const rows = usual.map(measures);
  const column = (j: number): Float64Array => Float64Array.from(rows, (row) => row[j]!);
  const centre = LEAST_SPREAD.map((_, j) => upperMedian(column(j)));
  const spread = LEAST_SPREAD.map(
    (least, j) =>
      PER_MAD * upperMedian(column(j).map((value) => Math.abs(value - centre[j]!))) + least,
  );
  const own = examples.map(measures);
  const mean = centre.map((_, j) => own.reduce((sum, row) => sum + row[j]!, 0) / own.length);
  const weight = mean.map((value, j) => (value - centre[j]!) / spread[j]! ** 2);
  const distance = weight.reduce((sum, value, j) => sum + value * (mean[j]! - centre[j]!), 0) || 1;
  return (beat) => {
    const row = measures(beat);
    let sum = 0;
    for (let j = 0; j < MEASURES; j++) sum += weight[j]! * (row[j]! - (mean[j]! + centre[j]!) / 2);
    return sum / distance;
  };
}

interface Way {
  readonly family: Float64Array;
  /** From the family's mean to that of the examples, and its squared length. */
  readonly way: Float64Array;
  readonly length: number;
  readonly rhythms: Rhythms;
}

function measuresOf(
  input: ExampleInput,
  beat: number,
  { family, way, length, rhythms: { before, after, earlier } }: Way,
): number[] {
  const { confidence, programBeat } = input;
  const shape = shapeOf(input, beat);
  let along = 0;
  for (let i = 0; i < shape.length; i++) along += (shape[i]! - family[i]!) * way[i]!;
  const doubt = confidence ? Math.log(1.01 - confidence[programBeat[beat]!]!) : 0;
  return [before[beat]!, after[beat]!, earlier[beat]!, along / length, doubt];
}

/** A beat in mV, each lead about its own mean; zeros in a lead that it is not seen in. */
function shapeOf({ shapes, programBeat }: ExampleInput, beat: number): Float64Array {
  const { leads, samples, steps, stepMv } = shapes;
  const values = new Float64Array(leads * samples);
  for (let lead = 0; lead < leads; lead++) {
    const at = programBeat[beat]! * leads + lead;
    const step = stepMv[at]!;
    if (step === 0) continue;
    let mean = 0;
    for (let k = 0; k < samples; k++) mean += steps[at * samples + k]! / samples;
    for (let k = 0; k < samples; k++)
      values[lead * samples + k] = step * (steps[at * samples + k]! - mean);
  }
  return values;
}

function meanShape(input: ExampleInput, beats: readonly number[]): Float64Array {
  const sum = new Float64Array(input.shapes.leads * input.shapes.samples);
  for (const beat of beats) {
    const shape = shapeOf(input, beat);
    for (let i = 0; i < sum.length; i++) sum[i]! += shape[i]! / beats.length;
  }
  return sum;
}

/** The intervals of beats; one does not follow another across a break of the row. */
export function rhythmsOf({
  timeS,
  follows,
}: {
  readonly timeS: Float64Array;
  readonly follows: Uint8Array;
}): Rhythms {
  const rr = Float64Array.from(timeS, (at, i) => (follows[i] === 1 ? at - timeS[i - 1]! : NaN));
  const usual = mediansAround(rr, NEIGHBOURS);
  const column = (shift: number): Float32Array =>
    Float32Array.from(usual, (around, i) => {
      const ratio = Math.log((rr[i + shift] ?? NaN) / around);
      return Number.isFinite(ratio) ? Math.max(-1, Math.min(1, ratio)) : 0;
    });
  return { before: column(0), after: column(1), earlier: column(-1) };
}

/**
 * The upper median of the values above 0 within some places of each, 0 where there is none. What is around one is around the
 * next but for two: it stays in order and is not sorted again.
 */
export function mediansAround(values: Float64Array, places: number): Float64Array {
  const medians = new Float64Array(values.length);
  const inOrder = new Float64Array(2 * places + 2);
  let count = 0;
  const enter = (value: number): void => {
    let at = count++;
    for (; at > 0 && inOrder[at - 1]! > value; at--) inOrder[at] = inOrder[at - 1]!;
    inOrder[at] = value;
  };
  const leave = (value: number): void => {
    let at = 0;
    while (inOrder[at] !== value) at++;
    inOrder.copyWithin(at, at + 1, count--);
  };
  for (let i = -places; i < values.length; i++) {
    if (values[i + places]! > 0) enter(values[i + places]!);
    if (values[i - places - 1]! > 0) leave(values[i - places - 1]!);
    if (i >= 0) medians[i] = count > 0 ? inOrder[count >> 1]! : 0;
  }
  return medians;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
