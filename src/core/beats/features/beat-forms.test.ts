import { describe, expect, it } from 'vitest';
import { beatForms } from './beat-forms';

const SAMPLES = 96;
const bump = (centre: number, width: number) =>
  Float32Array.from({ length: SAMPLES }, (_, i) => Math.exp(-(((i - centre) / width) ** 2)));

function formsOf(shapes: readonly Float32Array[]) {
  const windows = new Float32Array(shapes.length * SAMPLES);
  shapes.forEach((shape, i) => windows.set(shape, i * SAMPLES));
  return beatForms(windows, 1, SAMPLES);
}

describe('beatForms', () => {
  it('groups beats by shape, whatever their size and offset', () => {
    const narrow = bump(38, 3);
    const wide = bump(45, 14);
    const big = narrow.map((value) => 2.5 * value + 1);
    expect([...formsOf([narrow, wide, big, wide, narrow]).forms]).toEqual([0, 1, 0, 1, 0]);
  });

  it('follows a form that drifts', () => {
    const drifting = Array.from({ length: 60 }, (_, i) => bump(38 + i / 10, 5));
    expect(new Set(formsOf(drifting).forms)).toEqual(new Set([0]));
    // The last without those between is another form.
    expect([...formsOf([drifting[0]!, drifting[59]!]).forms]).toEqual([0, 1]);
  });

  it('keeps a flat window apart', () => {
    expect([...formsOf([bump(38, 3), new Float32Array(SAMPLES)]).forms]).toEqual([0, 1]);
  });

  it('averages the beats of a form, and counts them', () => {
    const small = bump(38, 3);
    const big = small.map((value) => 3 * value);
    const { formMeans, formBeats } = formsOf([small, bump(60, 20), big]);
    expect([...formBeats]).toEqual([2, 1]);
    small.forEach((value, i) => expect(formMeans[i]).toBeCloseTo(2 * value, 6));
  });

  it('compares beats without the margins that training adds', () => {
    const shapes = [bump(38, 3), bump(38, 3), bump(45, 14)];
    const samples = SAMPLES + 12;
    const windows = new Float32Array(shapes.length * samples);
    shapes.forEach((shape, i) => {
      windows.fill(i, i * samples, (i + 1) * samples);
      windows.set(shape, i * samples + 6);
    });
    const { forms, formMeans } = beatForms(windows, 1, samples);
    expect([...forms]).toEqual([0, 0, 1]);
    expect(formMeans.length).toBe(2 * samples);
    expect(formMeans[0]).toBe(0.5);
  });

  it('has no form where there is no beat', () => {
    expect(beatForms(new Float32Array(0), 2, SAMPLES).formBeats.length).toBe(0);
  });
});
