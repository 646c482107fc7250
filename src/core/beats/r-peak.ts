import { upperMedian } from '../../shared/domain/order-statistics';
import { LEVEL_BLOCK } from './qrs-constants';
import type { Evidence } from './qrs-evidence';

/** Half of the compared window: 100 ms, enough for a wide QRS complex without its T wave. */
const HALF = 25;
/** A complex is sought up to 72 ms from the maximum of its energy. */
const REACH = 18;
const WIDTH = 2 * HALF + 1;
const SPAN = WIDTH + 2 * REACH;
/** A screened shift is looked at anew with those up to so many samples from it. */
const NEAR = 3;
const SAME_FORM = 0.9;
/** From here on no other form is tried. */
const SURELY_SAME_FORM = 0.97;
/** A new form this like a learned one takes its fiducial from it: the same complex, a little changed. */
const RELATED_FORM = 0.8;
/** A form is learned from this many beats and then stays as it is, so that its fiducial cannot drift. */
const LEARN = 16;
const MAX_FORMS = 12;

interface Form {
  /** [leads, WIDTH] mean of aligned complexes; the fiducial is its centre plus `offset`. */
  readonly mean: Float64Array;
  /** Sum and sum of squares of each lead's mean, over every sample and over every second: [stride, leads, 2]. */
  readonly sums: Float64Array;
  /** Sub-sample place of the fiducial against the centre, in samples. */
  offset: number;
  beats: number;
}

/** What finds R peaks, the same fiducial for every beat of a form, keeps between beats: up to 12 forms. */
export interface RPeakPlacer {
  /** In order of use. */
  readonly forms: Form[];
  readonly leads: number;
  /** The smoothed, weighted leads around the candidate, [leads, SPAN], and two zeros. */
  readonly beat: Float64Array;
  readonly scores: Float64Array;
}

/** @param leads in every evidence that will be given */
export function createRPeakPlacer(leads: number): RPeakPlacer {
  // A few samples more: of two shifts that are looked at together the other may lie beyond.
  const beat = new Float64Array(leads * SPAN + 2);
  return { forms: [], leads, beat, scores: new Float64Array(2 * NEAR + 1) };
}

/** Correlation with a form, and the shift of the beat against it. */
interface Alignment {
  readonly correlation: number;
  readonly shift: number;
}

/**
 * A beat is aligned by correlation with the mean of its form, over all leads, and takes that form's fiducial.
 * The first beat of a form gives it: where a learned form is alike, at the same place as there; else at the largest
 * deflection from the local mean over the leads, each in units of its QRS level. Taking the peak anew in every beat,
 * or in every form, would jump between R and S where they are of one height.
 * SOURCE of alignment by correlation with a running mean: Jane, Rix, Caminal & Laguna, "Alignment methods for
 * averaging of high-resolution cardiac signals", IEEE Trans Biomed Eng 1991; 38:571-579.
 * @returns place of the R peak in samples from the start of the evidence, with a fraction
 */
export function placeRPeak(placing: RPeakPlacer, evidence: Evidence, candidate: number): number {
  const { forms, leads, beat } = placing;
  extract(placing, evidence, candidate);
  let nearest: Form | null = null;
  let screened: Alignment = { correlation: -Infinity, shift: 0 };
  for (const form of forms) {
    const own = screen(placing, form);
    if (!nearest || own.correlation > screened.correlation) {
      nearest = form;
      screened = own;
    }
    if (own.correlation >= SURELY_SAME_FORM) break;
  }
  let related: number | null = null;
  if (nearest) {
    const { correlation, shift } = align(placing, nearest, screened.shift);
    if (correlation >= SAME_FORM) {
      learn(placing, nearest, shift);
      // The usual form first: most searches then end with it.
      forms.splice(forms.indexOf(nearest), 1);
      forms.unshift(nearest);
      return candidate + shift + nearest.offset;
    }
    // Only forms that are learned: one odd beat must not hand its fiducial on.
    if (correlation >= RELATED_FORM && nearest.beats >= LEARN) related = shift + nearest.offset;
  }
  const peak = related ?? mainDeflection(beat, leads);
  const whole = Math.max(-REACH, Math.min(REACH, Math.round(peak)));
  const form: Form = {
    mean: new Float64Array(leads * WIDTH),
    sums: new Float64Array(4 * leads),
    offset: peak - whole,
    beats: 0,
  };
  learn(placing, form, whole);
  // The last is the one longest unused.
  if (forms.length >= MAX_FORMS) forms.pop();
  forms.unshift(form);
  return candidate + peak;
}

function extract({ beat }: RPeakPlacer, evidence: Evidence, candidate: number): void {
  const block = Math.floor(candidate / LEVEL_BLOCK);
  const first = candidate - HALF - REACH;
  for (let l = 0; l < evidence.leads.length; l++) {
    const { levels, weights, samples } = evidence.leads[l]!;
    const level = levels.peak[block]!;
    const scale = level > 0 ? Math.sqrt(weights[block]!) / level : 0;
    for (let p = 0; p < SPAN; p++) beat[l * SPAN + p] = scale * smooth(samples, first + p);
  }
}

/** Best correlation of the beat with a form over every second shift and sample. */
function screen({ beat, leads }: RPeakPlacer, form: Form): Alignment {
  let correlation = -1;
  let at = 0;
  for (let shift = 0; shift <= 2 * REACH; shift += 4) {
    correlateTwo(form, beat, leads, shift, shift + 2, 2);
    for (let k = 0; k < 2 && shift + 2 * k <= 2 * REACH; k++) {
      if (correlations[k]! > correlation) {
        correlation = correlations[k]!;
        at = shift + 2 * k;
      }
    }
  }
  return { correlation, shift: at };
}

/** Exact correlation and shift (in samples against the candidate) near a screened one. */
function align({ beat, leads, scores }: RPeakPlacer, form: Form, near: number): Alignment {
  const first = Math.max(0, near - NEAR);
  const last = Math.min(2 * REACH, near + NEAR);
  let best = 0;
  for (let shift = first; shift <= last; shift += 2) {
    correlateTwo(form, beat, leads, shift, shift + 1, 1);
    for (let k = 0; k < 2 && shift + k <= last; k++) {
      scores[shift + k - first] = correlations[k]!;
      if (correlations[k]! > scores[best]!) best = shift + k - first;
    }
  }
  const top = vertex(scores, best, last - first + 1);
  return { correlation: scores[best]!, shift: first + best - REACH + top };
}

function learn({ beat, leads }: RPeakPlacer, form: Form, shift: number): void {
  if (form.beats >= LEARN) return;
  const first = REACH + Math.round(shift);
  for (let l = 0; l < leads; l++)
    for (let p = 0; p < WIDTH; p++) {
      const at = l * WIDTH + p;
      const sample = beat[l * SPAN + first + p] ?? 0;
      form.mean[at]! += (sample - form.mean[at]!) / (form.beats + 1);
    }
  form.beats++;
  for (let l = 0; l < leads; l++)
    for (const stride of [1, 2] as const) sumUp(form, leads, l, stride);
}

function sumUp({ mean, sums }: Form, leads: number, lead: number, stride: 1 | 2): void {
  let sum = 0;
  let squares = 0;
  for (let p = lead * WIDTH; p < (lead + 1) * WIDTH; p += stride) {
    sum += mean[p]!;
    squares += mean[p]! * mean[p]!;
  }
  const at = 2 * ((stride - 1) * leads + lead);
  sums[at] = sum;
  sums[at + 1] = squares;
}

/** Two running means of five samples: no mains (50 Hz exactly, 60 Hz to 3 %), little muscle noise, no delay. */
function smooth(samples: Float64Array, i: number): number {
  let sum = 0;
  if (i >= 4 && i + 4 < samples.length) {
    for (let k = -4; k <= 4; k++) sum += (5 - Math.abs(k)) * samples[i + k]!;
    return sum / 25;
  }
  for (let k = -4; k <= 4; k++) {
    const at = Math.min(samples.length - 1, Math.max(0, i + k));
    sum += (5 - Math.abs(k)) * samples[at]!;
  }
  return sum / 25;
}

/** Of `correlateTwo`. */
const correlations = new Float64Array(2);

/**
 * Pooled correlation coefficient of all leads, each about its own mean, over every `stride`-th sample, at two shifts side by
 * side: sums of one alone wait for themselves. One may lie a few samples beyond REACH, and says nothing then.
 */
function correlateTwo(
  { mean, sums }: Form,
  beat: Float64Array,
  leads: number,
  shift: number,
  other: number,
  stride: 1 | 2,
): void {
  const count = Math.ceil(WIDTH / stride);
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let ac = 0;
  let cc = 0;
  for (let l = 0; l < leads; l++) {
    let sb = 0;
    let sab = 0;
    let sbb = 0;
    let sc = 0;
    let sac = 0;
    let scc = 0;
    for (let p = 0; p < WIDTH; p += stride) {
      const a = mean[l * WIDTH + p]!;
      const b = beat[l * SPAN + shift + p]!;
      const c = beat[l * SPAN + other + p]!;
      sb += b;
      sab += a * b;
      sbb += b * b;
      sc += c;
      sac += a * c;
      scc += c * c;
    }
    const own = 2 * ((stride - 1) * leads + l);
    const sa = sums[own]!;
    ab += sab - (sa * sb) / count;
    aa += sums[own + 1]! - (sa * sa) / count;
    bb += sbb - (sb * sb) / count;
    ac += sac - (sa * sc) / count;
    cc += scc - (sc * sc) / count;
  }
  correlations[0] = ab / Math.sqrt(aa * bb + 1e-30);
  correlations[1] = ac / Math.sqrt(aa * cc + 1e-30);
}

/** Place of the largest deflection within REACH of the candidate, in samples against it. */
function mainDeflection(beat: Float64Array, leads: number): number {
  const size = new Float64Array(2 * REACH + 1);
  for (let l = 0; l < leads; l++) {
    const lead = beat.subarray(l * SPAN, (l + 1) * SPAN);
    const base = upperMedian(lead);
    for (let shift = 0; shift < size.length; shift++)
      size[shift]! += Math.abs(lead[HALF + shift]! - base);
  }
  let best = 0;
  size.forEach((value, i) => {
    if (value > size[best]!) best = i;
  });
  return best - REACH + vertex(size, best, size.length);
}

/** Offset of the parabola's vertex through three points around a maximum of the first `count`, within half a sample. */
function vertex(values: Float64Array, at: number, count: number): number {
  if (at <= 0 || at >= count - 1) return 0;
  const before = values[at - 1]!;
  const after = values[at + 1]!;
  const curve = before - 2 * values[at]! + after;
  if (!(curve < 0)) return 0;
  return Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curve));
}
