import { describe, expect, it } from 'vitest';
import { formsOf, voteByForm } from './beat-forms';

const SAMPLES = 96;
const bump = (centre: number, width: number) =>
  Float32Array.from({ length: SAMPLES }, (_, i) => Math.exp(-(((i - centre) / width) ** 2)));

function tokens(shapes: readonly Float32Array[]) {
  const windows = new Float32Array(shapes.length * SAMPLES);
  shapes.forEach((shape, i) => windows.set(shape, i * SAMPLES));
  return { timeS: Float64Array.from(shapes, (_, i) => i), leads: 1, samples: SAMPLES, windows };
}

describe('formsOf', () => {
  it('groups beats by shape, whatever their size and offset', () => {
    const narrow = bump(38, 3);
    const wide = bump(45, 14);
    const big = narrow.map((value) => 2.5 * value + 1);
    expect([...formsOf(tokens([narrow, wide, big, wide, narrow]))]).toEqual([0, 1, 0, 1, 0]);
  });

  it('follows a form that drifts', () => {
    const drifting = Array.from({ length: 60 }, (_, i) => bump(38 + i / 10, 5));
    expect(new Set(formsOf(tokens(drifting)))).toEqual(new Set([0]));
    // The last without those between is another form.
    expect([...formsOf(tokens([drifting[0]!, drifting[59]!]))]).toEqual([0, 1]);
  });

  it('keeps a flat window apart', () => {
    expect([...formsOf(tokens([bump(38, 3), new Float32Array(SAMPLES)]))]).toEqual([0, 1]);
  });
});

describe('voteByForm', () => {
  const classes = ['N', 'S', 'V', 'F', 'Q'];
  const rows = (...list: number[][]) => Float32Array.from(list.flat());
  const sure = [0.05, 0.03, 0.9, 0.01, 0.01];
  const unsure = [0.5, 0.05, 0.43, 0.01, 0.01];

  it('lets beats of one form decide together', () => {
    const voted = voteByForm(rows(sure, sure, unsure), classes, Int32Array.of(4, 4, 4));
    expect(voted[12]).toBeGreaterThan(voted[10]!);
    expect(voted.subarray(10).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    // Half of the beat's own log odds, half the mean of the form's three.
    const odds = ([n, s, v]: number[]) => Math.log(v! / (n! + s!));
    const mean = (2 * odds(sure) + odds(unsure)) / 3;
    const wanted = 0.5 * odds(unsure) + 0.5 * mean;
    expect(Math.log(voted[12]! / (voted[10]! + voted[11]!))).toBeCloseTo(wanted, 5);
  });

  it('leaves alone what has no voters, and its input', () => {
    const given = rows(sure, unsure, unsure);
    const voted = voteByForm(given, classes, Int32Array.of(0, 0, -1));
    expect(voted).toEqual(given);
    expect(voted).not.toBe(given);
  });
});
