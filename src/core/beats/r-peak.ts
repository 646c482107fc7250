import { LEVEL_BLOCK } from './qrs-constants';
import type { Evidence } from './qrs-evidence';

/** Half of the compared window: 100 ms, enough for a wide QRS complex without its T wave. */
const HALF = 25;
/** A complex is sought up to 72 ms from the maximum of its energy. */
const REACH = 18;
const WIDTH = 2 * HALF + 1;
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
  /** Sub-sample place of the fiducial against the centre, in samples. */
  offset: number;
  beats: number;
}

/** Finds the R peak: the same fiducial for every beat of a form. Keeps up to 12 forms between calls. */
export interface RPeakPlacer {
  /** @returns place of the R peak in samples from the start of the evidence, with a fraction */
  place(evidence: Evidence, candidate: number): number;
}

/**
 * A beat is aligned by correlation with the mean of its form, over all leads, and takes that form's fiducial.
 * The first beat of a form gives it: where a learned form is alike, at the same place as there; else at the largest
 * deflection from the local mean over the leads, each in units of its QRS level. Taking the peak anew in every beat,
 * or in every form, would jump between R and S where they are of one height.
 * SOURCE of alignment by correlation with a running mean: Jane, Rix, Caminal & Laguna, "Alignment methods for
 * averaging of high-resolution cardiac signals", IEEE Trans Biomed Eng 1991; 38:571-579.
 * @param leadCount leads in every evidence that will be given
 */
export function createRPeakPlacer(leadCount: number): RPeakPlacer {
  const forms: Form[] = [];
  const span = WIDTH + 2 * REACH;
  const beat = new Float64Array(leadCount * span);

  /** Fills `beat` with the smoothed, weighted leads around the candidate. */
  function extract(evidence: Evidence, candidate: number): void {
    const block = Math.floor(candidate / LEVEL_BLOCK);
    evidence.leads.forEach((lead, l) => {
      const level = lead.levels.peak[block]!;
      const scale = level > 0 ? Math.sqrt(lead.weights[block]!) / level : 0;
      const first = candidate - HALF - REACH;
      for (let p = 0; p < span; p++) beat[l * span + p] = scale * smooth(lead.samples, first + p);
    });
  }

  /** Best correlation of the beat with a form over every second shift and sample. */
  function screen(form: Form): { correlation: number; shift: number } {
    let best = { correlation: -1, shift: 0 };
    for (let shift = 0; shift <= 2 * REACH; shift += 2) {
      const correlation = correlate(form.mean, beat, leadCount, span, shift, 2);
      if (correlation > best.correlation) best = { correlation, shift };
    }
    return best;
  }

  /** Exact correlation and shift (in samples against the candidate) near a screened one. */
  function align(form: Form, near: number): { correlation: number; shift: number } {
    const first = Math.max(0, near - 3);
    const last = Math.min(2 * REACH, near + 3);
    const scores = new Float64Array(last - first + 1);
    let best = 0;
    for (let shift = first; shift <= last; shift++) {
      scores[shift - first] = correlate(form.mean, beat, leadCount, span, shift, 1);
      if (scores[shift - first]! > scores[best]!) best = shift - first;
    }
    return { correlation: scores[best]!, shift: first + best - REACH + vertex(scores, best) };
  }

  function learn(form: Form, shift: number): void {
    if (form.beats >= LEARN) return;
    const first = REACH + Math.round(shift);
    for (let l = 0; l < leadCount; l++)
      for (let p = 0; p < WIDTH; p++) {
        const at = l * WIDTH + p;
        const sample = beat[l * span + first + p] ?? 0;
        form.mean[at]! += (sample - form.mean[at]!) / (form.beats + 1);
      }
    form.beats++;
  }

  return {
    place(evidence, candidate) {
      extract(evidence, candidate);
      let screened: { form: Form; correlation: number; shift: number } | null = null;
      for (const form of forms) {
        const { correlation, shift } = screen(form);
        if (!screened || correlation > screened.correlation)
          screened = { form, correlation, shift };
        if (correlation >= SURELY_SAME_FORM) break;
      }
      let related: number | null = null;
      if (screened) {
        const { form } = screened;
        const { correlation, shift } = align(form, screened.shift);
        if (correlation >= SAME_FORM) {
          learn(form, shift);
          // The usual form first: most searches then end with it.
          forms.splice(forms.indexOf(form), 1);
          forms.unshift(form);
          return candidate + shift + form.offset;
        }
        // Only forms that are learned: one odd beat must not hand its fiducial on.
        if (correlation >= RELATED_FORM && form.beats >= LEARN) related = shift + form.offset;
      }
      const peak = related ?? mainDeflection(beat, leadCount, span);
      const whole = Math.max(-REACH, Math.min(REACH, Math.round(peak)));
      const form: Form = {
        mean: new Float64Array(leadCount * WIDTH),
        offset: peak - whole,
        beats: 0,
      };
      learn(form, whole);
      // In order of use: the last is the one longest unused.
      if (forms.length >= MAX_FORMS) forms.pop();
      forms.unshift(form);
      return candidate + peak;
    },
  };
}

/** Two running means of five samples: no mains (50 Hz exactly, 60 Hz to 3 %), little muscle noise, no delay. */
function smooth(samples: Float64Array, i: number): number {
  let sum = 0;
  for (let k = -4; k <= 4; k++) {
    const at = Math.min(samples.length - 1, Math.max(0, i + k));
    sum += (5 - Math.abs(k)) * samples[at]!;
  }
  return sum / 25;
}

/** Pooled correlation coefficient of all leads, each about its own mean, over every `stride`-th sample. */
function correlate(
  mean: Float64Array,
  beat: Float64Array,
  leads: number,
  span: number,
  shift: number,
  stride: 1 | 2,
): number {
  const count = Math.ceil(WIDTH / stride);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let l = 0; l < leads; l++) {
    let sa = 0;
    let sb = 0;
    let sab = 0;
    let saa = 0;
    let sbb = 0;
    for (let p = 0; p < WIDTH; p += stride) {
      const a = mean[l * WIDTH + p]!;
      const b = beat[l * span + shift + p]!;
      sa += a;
      sb += b;
      sab += a * b;
      saa += a * a;
      sbb += b * b;
    }
    ab += sab - (sa * sb) / count;
    aa += saa - (sa * sa) / count;
    bb += sbb - (sb * sb) / count;
  }
  return ab / Math.sqrt(aa * bb + 1e-30);
}

/** Place of the largest deflection within REACH of the candidate, in samples against it. */
function mainDeflection(beat: Float64Array, leads: number, span: number): number {
  const size = new Float64Array(2 * REACH + 1);
  for (let l = 0; l < leads; l++) {
    const lead = beat.subarray(l * span, (l + 1) * span);
    const base = Float64Array.from(lead).sort()[span >> 1]!;
    for (let shift = 0; shift < size.length; shift++)
      size[shift]! += Math.abs(lead[HALF + shift]! - base);
  }
  let best = 0;
  size.forEach((value, i) => {
    if (value > size[best]!) best = i;
  });
  return best - REACH + vertex(size, best);
}

/** Offset of the parabola's vertex through three points around a maximum, within half a sample. */
function vertex(values: Float64Array, at: number): number {
  if (at <= 0 || at >= values.length - 1) return 0;
  const before = values[at - 1]!;
  const after = values[at + 1]!;
  const curve = before - 2 * values[at]! + after;
  if (!(curve < 0)) return 0;
  return Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curve));
}
