import { describe, expect, it } from 'vitest';
import { variesAsSinus } from './sinus-arrhythmia';

/** Intervals of a breath of four seconds, as in record 16539 of the MIT-BIH Normal Sinus Rhythm Database, s. */
const BREATHING = [0.9, 1.35, 1.24, 1.06, 0.9, 0.83, 1.13, 1.26, 1.14, 0.92, 0.86, 0.88];
/** An early beat with its pause. */
const EARLY = [1, 1, 1.01, 0.7, 1.3, 1, 0.99, 1, 1, 1];
/** As fibrillation has them: each independent of the last. */
const INDEPENDENT = [0.7, 1.2, 0.8, 1.1, 0.6, 1.25, 0.65, 1.1, 0.7, 1.3];

function varies(
  rrS: readonly number[],
  p: number | readonly number[],
  form: number | readonly number[] = 0.97,
): boolean {
  let atS = 0;
  const timeS = Float64Array.from([0, ...rrS.map((rr) => (atS += rr))]);
  const each = (own: number | readonly number[]): Float32Array =>
    Float32Array.from(timeS, (_, i) => (typeof own === 'number' ? own : (own[i] ?? 0.97)));
  return variesAsSinus({ timeS, similarity: each(form) }, each(p), [1, timeS.length - 1]);
}

describe('variesAsSinus', () => {
  it('knows breathing, by P waves in some noise as well', () => {
    expect([0.97, 0.7].map((p) => varies(BREATHING, p))).toEqual([true, true]);
  });

  it('is no early beat and no fibrillation, unless every P wave is plain', () => {
    expect([EARLY, INDEPENDENT].map((rrS) => varies(rrS, 0.7))).toEqual([false, false]);
    expect([EARLY, INDEPENDENT].map((rrS) => varies(rrS, 0.95))).toEqual([true, true]);
  });

  it('asks for a P wave before each beat, and for one form', () => {
    expect(varies(BREATHING, [0.97, 0.97, 0.1])).toBe(false);
    expect(varies(BREATHING, [0.97, 0.97, NaN])).toBe(false);
    expect(varies(BREATHING, 0.5)).toBe(false);
    expect(varies(BREATHING, 0.97, [0.97, 0.97, 0.97, 0.6])).toBe(false);
  });

  it('does not explain what is regular, nor a beat or two', () => {
    expect(varies(Array<number>(12).fill(0.8), 0.97)).toBe(false);
    expect(varies([0.8, 1.2, 0.8], 0.97)).toBe(false);
    expect(varies([], 0.97)).toBe(false);
  });
});
