import { FEWEST_OF_FORM } from '../features/beat-forms';
import { correlation, scaleToUnit, type FormVectors } from './form-vectors';

/** Likeness below which forms part, where a reader sets nothing else. */
export const ONE_FORM = 0.86;
/** A leader gathers beats a little more alike than that; which leaders are one form is settled after. */
const LEADER_MARGIN = 0.02;
/**
 * So much less than two forms may a beat be like its own: noise lowers the correlation of a single beat, and hardly that of
 * a mean.
 */
const BELONGS_MARGIN = 0.16;
/** Leaders at most in one class: noise makes many, a heart few. Beats past that stand alone. */
const MOST_LEADERS = 96;
/** A leader follows its latest beats, since forms drift with posture and rate. */
const REMEMBERED_BEATS = 40;
/** Asked so often whether anybody still wants the answer, beats. */
const ASK_EVERY = 2000;

/** Beats by form. */
export interface Grouped {
  /** Form of each beat, counted from 0 by size, the largest first; -1 for one that is like no other, [beats]. */
  readonly form: Int16Array;
  /** Correlation of each beat with the mean of its form, -1 to 1; 0 for one that stands alone, [beats]. */
  readonly likeness: Float32Array;
  /** Direction of each form's mean, [forms, size]. */
  readonly forms: Float32Array;
  readonly count: number;
}

/**
 * Groups beats of one class by form: leader clustering (Hartigan, Clustering Algorithms, 1975, chapter 3) by the
 * correlation of their leads, as template matching of QRS complexes does (Krasteva & Jekova, Ann Biomed Eng 2007;35:2065);
 * then leaders whose means are alike are joined, the most alike first (centroid linkage, Sokal & Michener 1958), and each
 * beat goes to the form that it is most like. Same beats, same order, same forms.
 * @param members indices of the beats, in time order
 * @param oneForm correlation from which beats are of one form
 * @param stopped asked now and then; the answer is null once it says true
 */
export function groupByForm(
  vectors: FormVectors,
  members: Int32Array,
  oneForm: number,
  stopped: () => boolean,
): Grouped | null {
  const { size } = vectors;
  const leaders = findLeaders(vectors, members, oneForm + LEADER_MARGIN, stopped);
  if (!leaders) return null;
  let forms = joinAlike(leaders.directions, leaders.weights, size, oneForm);
  const form = new Int16Array(members.length);
  const likeness = new Float32Array(members.length);
  // Twice: the means that the first assignment gives are those of the forms, no longer those of their leaders.
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < members.length; i++) {
      if (i % ASK_EVERY === 0 && stopped()) return null;
      let best = -1;
      let highest = oneForm - BELONGS_MARGIN;
      for (let k = 0; k < forms.length / size; k++) {
        const value = correlation(vectors, members[i]!, forms, k);
        if (value < highest) continue;
        highest = value;
        best = k;
      }
      form[i] = best;
      likeness[i] = best < 0 ? 0 : highest;
    }
    forms = meansOf(vectors, members, form, forms.length / size);
  }
  return bySize(form, likeness, forms, size);
}

function findLeaders(
  vectors: FormVectors,
  members: Int32Array,
  least: number,
  stopped: () => boolean,
): { directions: Float32Array; weights: number[] } | null {
  const { size, values } = vectors;
  const directions = new Float32Array(MOST_LEADERS * size);
  const weights: number[] = [];
  for (let i = 0; i < members.length; i++) {
    if (i % ASK_EVERY === 0 && stopped()) return null;
    const beat = members[i]!;
    if (vectors.seenIn[beat] === 0) continue;
    let best = -1;
    let highest = least;
    for (let k = 0; k < weights.length; k++) {
      const value = correlation(vectors, beat, directions, k);
      if (value < highest) continue;
      highest = value;
      best = k;
    }
    const own = values.subarray(beat * size, (beat + 1) * size);
    if (best >= 0) {
      const share = 1 / Math.min(++weights[best]!, REMEMBERED_BEATS);
      const at = best * size;
      for (let k = 0; k < size; k++) directions[at + k]! += share * (own[k]! - directions[at + k]!);
      scaleToUnit(directions, at, size);
    } else if (weights.length < MOST_LEADERS) {
      directions.set(own, weights.length * size);
      weights.push(1);
    }
  }
  return { directions: directions.subarray(0, weights.length * size), weights };
}

/** Joins leaders that are alike, the most alike pair first, weighted by their beats. Those of single beats are dropped. */
function joinAlike(
  directions: Float32Array,
  weights: readonly number[],
  size: number,
  least: number,
): Float32Array {
  const left = weights
    .map((weight, k) => ({ weight, mean: directions.slice(k * size, (k + 1) * size) }))
    .filter(({ weight }) => weight > 1);
  for (;;) {
    let pair: readonly [number, number] | null = null;
    let highest = least;
    for (let a = 0; a < left.length; a++) {
      for (let b = a + 1; b < left.length; b++) {
        const value = dot(left[a]!.mean, left[b]!.mean);
        if (value < highest) continue;
        highest = value;
        pair = [a, b];
      }
    }
    if (!pair) break;
    const [one, other] = [left[pair[0]]!, left[pair[1]]!];
    const weight = one.weight + other.weight;
    for (let k = 0; k < size; k++)
      one.mean[k] = (one.weight * one.mean[k]! + other.weight * other.mean[k]!) / weight;
    scaleToUnit(one.mean, 0, size);
    one.weight = weight;
    left.splice(pair[1], 1);
  }
  const joined = new Float32Array(left.length * size);
  left.forEach(({ mean }, k) => joined.set(mean, k * size));
  return joined;
}

/** Directions of the means of beats by form. */
function meansOf(
  { size, values }: FormVectors,
  members: Int32Array,
  form: Int16Array,
  count: number,
): Float32Array {
  const sums = new Float32Array(count * size);
  members.forEach((beat, i) => {
    const own = form[i]!;
    if (own < 0) return;
    for (let k = 0; k < size; k++) sums[own * size + k]! += values[beat * size + k]!;
  });
  for (let k = 0; k < count; k++) scaleToUnit(sums, k * size, size);
  return sums;
}

/** Numbers forms by size; those of too few beats are dissolved. */
function bySize(
  form: Int16Array,
  likeness: Float32Array,
  forms: Float32Array,
  size: number,
): Grouped {
  const beats = new Uint32Array(forms.length / size);
  for (const own of form) if (own >= 0) beats[own]!++;
  const order = [...beats.keys()]
    .filter((k) => beats[k]! >= FEWEST_OF_FORM)
    .sort((a, b) => beats[b]! - beats[a]! || a - b);
  const place = new Int16Array(beats.length).fill(-1);
  const sorted = new Float32Array(order.length * size);
  order.forEach((old, k) => {
    place[old] = k;
    sorted.set(forms.subarray(old * size, (old + 1) * size), k * size);
  });
  form.forEach((old, i) => {
    form[i] = old < 0 ? -1 : place[old]!;
    if (form[i]! < 0) likeness[i] = 0;
  });
  return { form, likeness, forms: sorted, count: order.length };
}

/** Correlation of two directions. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
