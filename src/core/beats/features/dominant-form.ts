import { plausible, quantileOfSorted, rrIntervals } from './rhythm-features';

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
  for (let round = 0; round < ROUNDS; round++) {
    form = medianBeat(windows, present, leads, samples, chosen);
    for (let beat = 0; beat < beats; beat++) {
      similarity[beat] = correlation(windows, present, form, leads, samples, beat);
    }
    const sorted = [...candidates].sort((a, b) => similarity[b]! - similarity[a]!);
    chosen = sorted.slice(0, Math.ceil(KEPT_SHARE * candidates.length)).sort((a, b) => a - b);
  }
  const isDominant = Uint8Array.from(similarity, (value) => (value >= SAME_FORM ? 1 : 0));
  return { form, similarity, isDominant };
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
    const column = new Float32Array(count);
    for (let i = 0; i < samples; i++) {
      for (let k = 0; k < count; k++) {
        const beat = seen[Math.floor(k * stride)]!;
        column[k] = windows[(beat * leads + lead) * samples + i]!;
      }
      column.sort();
      form[lead * samples + i] = column[count >> 1]!;
    }
  }
  return form;
}

/** Correlation coefficient of one beat with the form, each lead about its own mean, over the leads it was seen in. */
function correlation(
  windows: Float32Array,
  present: Float32Array,
  form: Float32Array,
  leads: number,
  samples: number,
  beat: number,
): number {
  let cross = 0;
  let energy = 0;
  let formEnergy = 0;
  for (let lead = 0; lead < leads; lead++) {
    if (present[beat * leads + lead] !== 1) continue;
    const w = (beat * leads + lead) * samples;
    const f = lead * samples;
    let wMean = 0;
    let fMean = 0;
    for (let i = 0; i < samples; i++) {
      wMean += windows[w + i]! / samples;
      fMean += form[f + i]! / samples;
    }
    for (let i = 0; i < samples; i++) {
      const a = windows[w + i]! - wMean;
      const b = form[f + i]! - fMean;
      cross += a * b;
      energy += a * a;
      formEnergy += b * b;
    }
  }
  return energy > 0 && formEnergy > 0 ? cross / Math.sqrt(energy * formEnergy) : 0;
}
