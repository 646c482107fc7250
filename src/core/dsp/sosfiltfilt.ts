import { createScratch, type Scratch } from '../base/scratch';
import type { Section } from './butterworth';

/**
 * Samples added at each end by `sosfiltfilt`: SciPy's `3 * (2 * sections + 1 - min(zeros, poles at the origin))`.
 */
export function padLength(sections: readonly Section[]): number {
  const zerosAtOrigin = sections.filter(([, , b2]) => b2 === 0).length;
  const polesAtOrigin = sections.filter(([, , , , a2]) => a2 === 0).length;
  return 3 * (2 * sections.length + 1 - Math.min(zerosAtOrigin, polesAtOrigin));
}

type State = readonly [number, number];

/** State of every section after a constant input of 1 for ever (SciPy's `sosfilt_zi`). */
function steadyStates(sections: readonly Section[]): State[] {
  let scale = 1;
  return sections.map(([b0, b1, b2, a1, a2]) => {
    const aSum = 1 + a1 + a2;
    const s1 = (b1 - a1 * b0 + (b2 - a2 * b0)) / aSum;
    const s2 = (1 + a1) * s1 - (b1 - a1 * b0);
    const state: State = [scale * s1, scale * s2];
    scale *= (b0 + b1 + b2) / aSum;
    return state;
  });
}

const IDENTITY: Section = [1, 0, 0, 0, 0];
const REST: State = [0, 0];

/**
 * Samples that one call of the inner loop goes through. A loop over a whole signal is compiled while it runs, for that run
 * alone, and may keep each state as an object for each sample; a function that is called often is compiled once, as such.
 */
const BLOCK = 1000;

/**
 * Runs all sections over `x` in place: transposed direct form II, as SciPy's `sosfilt`, from the steady state of
 * the first sample. Three sections share a pass: one at a time waits for its own last output at every sample
 * (measured on 650,000 samples, five sections, both ways: 17 ms one by one, 8 ms by threes).
 */
function runSections(
  x: Float64Array,
  sections: readonly Section[],
  states: readonly State[],
): void {
  const first = x[0]!;
  for (let k = 0; k < sections.length; k += 3) {
    const three = [sections[k]!, sections[k + 1] ?? IDENTITY, sections[k + 2] ?? IDENTITY] as const;
    const [p, q, u] = [states[k]!, states[k + 1] ?? REST, states[k + 2] ?? REST];
    const state = Float64Array.of(...p, ...q, ...u).map((z) => z * first);
    for (let from = 0; from < x.length; from += BLOCK)
      runThree(x, three, state, from, Math.min(x.length, from + BLOCK));
  }
}

/** Samples [from, end) through three sections, whose states `state` takes from one block to the next. */
function runThree(
  x: Float64Array,
  sections: readonly [Section, Section, Section],
  state: Float64Array,
  from: number,
  end: number,
): void {
  const [b0, b1, b2, a1, a2] = sections[0];
  const [d0, d1, d2, c1, c2] = sections[1];
  const [f0, f1, f2, e1, e2] = sections[2];
  let s1 = state[0]!;
  let s2 = state[1]!;
  let t1 = state[2]!;
  let t2 = state[3]!;
  let u1 = state[4]!;
  let u2 = state[5]!;
  for (let i = from; i < end; i++) {
    const v = x[i]!;
    const p = b0 * v + s1;
    s1 = b1 * v - a1 * p + s2;
    s2 = b2 * v - a2 * p;
    const q = d0 * p + t1;
    t1 = d1 * p - c1 * q + t2;
    t2 = d2 * p - c2 * q;
    const y = f0 * q + u1;
    u1 = f1 * q - e1 * y + u2;
    u2 = f2 * q - e2 * y;
    x[i] = y;
  }
  state[0] = s1;
  state[1] = s2;
  state[2] = t1;
  state[3] = t2;
  state[4] = u1;
  state[5] = u2;
}

/**
 * Zero-phase filter: forwards, then backwards, each started in the steady state of its first sample, over the
 * signal extended at both ends by an odd reflection (SciPy's `sosfiltfilt` with its defaults; Gustafsson 1996
 * discusses the choice of ends).
 *
 * @param x samples without gaps, more than `padLength(sections)` of them
 * @param scratch holds what is answered, until it is released
 * @returns as many samples in the same unit: a view of a buffer that is longer by the padding
 * @throws RangeError when there are too few samples to pad, or none finite
 */
export function sosfiltfilt(
  sections: readonly Section[],
  x: Float64Array,
  scratch: Scratch = createScratch(),
): Float64Array {
  const pad = padLength(sections);
  const n = x.length;
  if (n <= pad) throw new RangeError(`${n} samples are too few to pad by ${pad}`);
  const extended = scratch.take(n + 2 * pad);
  extended.set(x, pad);
  const first = x[0]!;
  const last = x[n - 1]!;
  for (let i = 1; i <= pad; i++) {
    extended[pad - i] = 2 * first - x[i]!;
    extended[pad + n - 1 + i] = 2 * last - x[n - 1 - i]!;
  }
  const states = steadyStates(sections);
  runSections(extended, sections, states);
  extended.reverse();
  runSections(extended, sections, states);
  extended.reverse();
  return extended.subarray(pad, pad + n);
}
