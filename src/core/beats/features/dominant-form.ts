import { quantileOfSorted } from '../../../shared/domain/order-statistics';
import { plausible, rrIntervals } from './rhythm-features';

/** Beats that the medians are taken over at most; more change nothing that can be seen. */
const MEDIAN_BEATS = 301;
/** Share of the beats most like the current form that make the next one. */
const KEPT_SHARE = 0.6;
const ROUNDS = 5;
/** A beat this like the form belongs to it. */
const SAME_FORM = 0.85;

export interface DominantForm {
  /** Median beat, [leads, samples], in the unit of the windows. */
  readonly form: Float32Array;
  /** Correlation of each beat with the form over all leads it was seen in, [beats]. */
  readonly similarity: Float32Array;
  /** 1 where the beat is of the dominant form, [beats]. */
  readonly isDominant: Uint8Array;
}

/**
 * The form of a stretch's own basic rhythm, found without labels: the median beat, then again and again the median
 * of the beats most like it (trimmed template averaging; Sornmo & Laguna, Bioelectrical Signal Processing in Cardiac
 * and Neurological Applications, 2005, 4.3.4). Only beats that end the longer half of the RR intervals may shape it:
 * ectopic beats come early, so the form stays that of the basic rhythm in bigeminy and through a tachycardia that
 * takes up most of the stretch.
 *
 * @param windows R-aligned beats, row-major [beats, leads, samples]
 * @param present 1 where the beat was seen in the lead, [beats, leads]
 * @param timeS R peaks in seconds, ascending, [beats]
 */
export function dominantForm(
  windows: Float32Array,
  present: Float32Array,
  leads: number,
  samples: number,
  timeS: Float64Array,
): DominantForm {
  const size = leads * samples;
  const beats = size === 0 ? 0 : windows.length / size;
  const similarity = new Float32Array(beats);
  let form: Float32Array = new Float32Array(size);
  if (beats === 0) return { form, similarity, isDominant: new Uint8Array(0) };

  const candidates = lateBeats(timeS);
  let chosen = candidates;
  const correlating = correlationsOf(windows, present, leads, samples);
  for (let round = 0; round < ROUNDS; round++) {
    form = medianBeat(windows, present, leads, samples, chosen);
    correlate(correlating, form, similarity);
    const next = mostAlike(candidates, similarity, Math.ceil(KEPT_SHARE * candidates.length));
    // The same beats make the same form.
    if (next.length === chosen.length && next.every((beat, i) => beat === chosen[i])) break;
    chosen = next;
  }
  const isDominant = new Uint8Array(beats);
  for (let beat = 0; beat < beats; beat++)
    isDominant[beat] = similarity[beat]! >= SAME_FORM ? 1 : 0;
  return { form, similarity, isDominant };
}

/** So many of the beats, those with the highest similarity, in their order; of equals the earlier ones. */
function mostAlike(beats: readonly number[], similarity: Float32Array, count: number): number[] {
  return beats
    .toSorted((a, b) => similarity[b]! - similarity[a]!)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** Beats whose RR before is at least the median; every beat where there are too few to tell. */
function lateBeats(timeS: Float64Array): number[] {
  const all = Array.from(timeS, (_, beat) => beat);
  const rr = rrIntervals(timeS);
  const sorted = rr.filter(plausible).sort();
  if (sorted.length < 3) return all;
  const half = quantileOfSorted(sorted, 0.5);
  return all.filter((beat) => plausible(rr[beat]!) && rr[beat]! >= half);
}

/** Sample-wise median over evenly spaced ones of the chosen beats, per lead over the beats seen in it. */
function medianBeat(
  windows: Float32Array,
  present: Float32Array,
  leads: number,
  samples: number,
  chosen: readonly number[],
): Float32Array {
  const form = new Float32Array(leads * samples);
  for (let lead = 0; lead < leads; lead++) {
    const seen = chosen.filter((beat) => present[beat * leads + lead] === 1);
    if (seen.length === 0) continue;
    const stride = Math.max(1, seen.length / MEDIAN_BEATS);
    const count = Math.floor((seen.length - 1) / stride) + 1;
    const from = new Int32Array(count);
    for (let k = 0; k < count; k++)
      from[k] = (seen[Math.floor(k * stride)]! * leads + lead) * samples;
    const column = new Float32Array(count);
    for (let i = 0; i < samples; i++) form[lead * samples + i] = medianAt(windows, from, i, column);
  }
  return form;
}

/** Median of the values `i` places from each of the beginnings. */
function medianAt(
  windows: Float32Array,
  from: Int32Array,
  i: number,
  column: Float32Array,
): number {
  for (let k = 0; k < column.length; k++) column[k] = windows[from[k]! + i]!;
  return ranked(column, column.length >> 1);
}

/** The value that has a rank, from 0, once numbers are sorted; they are put out of their order. Hoare's selection. */
function ranked(values: Float32Array, rank: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  const found = values[rank]!;
  // Which of both zeros it is, sorting says.
  return found === 0 ? values.sort()[rank]! : found;
}

/**
 * What correlation coefficients of beats with a form take of the beats, each lead about its own mean, over the leads that a
 * beat was seen in: their means and energies are the same for every form.
 */
interface Correlating {
  readonly windows: Float32Array;
  readonly leads: number;
  readonly samples: number;
  /** [beats, leads]. */
  readonly means: Float64Array;
  /** [beats]. */
  readonly energies: Float64Array;
  /** The sets of leads that beats were seen in, and which of them is a beat's. */
  readonly seen: readonly number[][];
  readonly seenOf: Uint32Array;
}

function correlationsOf(
  windows: Float32Array,
  present: Float32Array,
  leads: number,
  samples: number,
): Correlating {
  const beats = windows.length / (leads * samples);
  const means = new Float64Array(beats * leads);
  const energies = new Float64Array(beats);
  const seen: number[][] = [];
  const seenOf = new Uint32Array(beats);
  const known = new Map<string, number>();
  for (let beat = 0; beat < beats; beat++) {
    const its: number[] = [];
    for (let lead = 0; lead < leads; lead++) if (present[beat * leads + lead] === 1) its.push(lead);
    let energy = 0;
    for (const lead of its) {
      const at = beat * leads + lead;
      means[at] = meanOf(windows, at * samples, samples);
      energy = energyFrom(energy, windows, at * samples, samples, means[at]!);
    }
    energies[beat] = energy;
    const key = its.join();
    const set = known.get(key) ?? seen.push(its) - 1;
    known.set(key, set);
    seenOf[beat] = set;
  }
  return { windows, leads, samples, means, energies, seen, seenOf };
}

/** Energy of values about a mean, added to what there is. */
function energyFrom(
  sum: number,
  values: Float32Array,
  from: number,
  count: number,
  mean: number,
): number {
  let energy = sum;
  for (let i = from; i < from + count; i++) {
    const value = values[i]! - mean;
    energy += value * value;
  }
  return energy;
}

/** Writes the correlation of every beat with a form, [beats]. */
function correlate(correlating: Correlating, form: Float32Array, out: Float32Array): void {
  const { leads, samples, energies, seen, seenOf } = correlating;
  const centred = new Float64Array(leads * samples);
  for (let lead = 0; lead < leads; lead++) {
    const mean = meanOf(form, lead * samples, samples);
    for (let i = lead * samples; i < (lead + 1) * samples; i++) centred[i] = form[i]! - mean;
  }
  const formEnergies = seen.map((its) => {
    let energy = 0;
    for (const lead of its) {
      for (let i = lead * samples; i < (lead + 1) * samples; i++)
        energy += centred[i]! * centred[i]!;
    }
    return energy;
  });
  for (let beat = 0; beat < out.length; beat++) {
    const [energy, formEnergy] = [energies[beat]!, formEnergies[seenOf[beat]!]!];
    const cross = crossOf(correlating, beat, centred);
    out[beat] = energy > 0 && formEnergy > 0 ? cross / Math.sqrt(energy * formEnergy) : 0;
  }
}

function crossOf(correlating: Correlating, beat: number, centred: Float64Array): number {
  const { windows, leads, samples, means, seen, seenOf } = correlating;
  let cross = 0;
  for (const lead of seen[seenOf[beat]!]!) {
    const at = beat * leads + lead;
    const mean = means[at]!;
    const w = at * samples;
    const f = lead * samples;
    for (let i = 0; i < samples; i++) cross += (windows[w + i]! - mean) * centred[f + i]!;
  }
  return cross;
}

function meanOf(x: Float32Array, from: number, count: number): number {
  let mean = 0;
  for (let i = from; i < from + count; i++) mean += x[i]! / count;
  return mean;
}
