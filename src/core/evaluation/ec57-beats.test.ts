import { expect, it, describe } from 'vitest';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import {
  annotatedBeats,
  cell,
  compareBeats,
  flutterSpans,
  NO_BEAT,
  type ClassedBeats,
} from './ec57-beats';
import { beatStatistics, summariseBeats } from './ec57-statistics';

const [N, S, V, F] = [0, 1, 2, 3];

function beats(...list: [number, number][]): ClassedBeats {
  return { timeS: list.map(([timeS]) => timeS), beatClass: list.map(([, code]) => code) };
}

function note(sample: number, symbol: string): ReferenceAnnotation {
  return { sample, symbol, aux: '' };
}

describe('compareBeats', () => {
  it('pairs beats up to 150 ms apart and counts misses and extras', () => {
    const matrix = compareBeats(
      beats([1, N], [2, V], [3, S], [4, N]),
      beats([1.149, N], [2.151, V], [3, N]),
    );
    expect(cell(matrix, N, N)).toBe(1);
    expect(cell(matrix, V, NO_BEAT)).toBe(1);
    expect(cell(matrix, NO_BEAT, V)).toBe(1);
    expect(cell(matrix, S, N)).toBe(1);
    expect(cell(matrix, N, NO_BEAT)).toBe(1);
  });

  it('gives a beat the nearer of two detections', () => {
    const matrix = compareBeats(beats([1, V]), beats([0.9, N], [1.05, V]));
    expect(cell(matrix, V, V)).toBe(1);
    expect(cell(matrix, NO_BEAT, N)).toBe(1);
  });

  it('gives a detection the nearer of two beats', () => {
    const matrix = compareBeats(beats([1, N], [1.14, V]), beats([1.12, V]));
    expect(cell(matrix, V, V)).toBe(1);
    expect(cell(matrix, N, NO_BEAT)).toBe(1);
  });

  it('does not score detections inside ventricular flutter', () => {
    const flutter = [{ startS: 5, endS: 8 }];
    const test = beats([1, N], [6, V], [7, V], [9, N]);
    const matrix = compareBeats(beats([1, N], [9, N]), test, { flutter });
    expect(beatStatistics(matrix).qrs).toMatchObject({ falsePositives: 0, truePositives: 2 });
  });

  it('leaves the learning period out', () => {
    const matrix = compareBeats(beats([299, N], [301, N]), beats([100, V]), { fromS: 300 });
    expect(beatStatistics(matrix).qrs).toMatchObject({
      truePositives: 0,
      falseNegatives: 1,
      falsePositives: 0,
    });
  });
});

describe('statistics', () => {
  it('forgives a fusion beat called ventricular, not a normal one', () => {
    const reference = beats([1, V], [2, F], [3, N], [4, V]);
    const test = beats([1, V], [2, V], [3, V], [4, N]);
    const { classes } = beatStatistics(compareBeats(reference, test));
    expect(classes.V).toMatchObject({ truePositives: 1, falseNegatives: 1, falsePositives: 1 });
    expect(classes.F).toMatchObject({ truePositives: 0, falseNegatives: 1 });
  });

  it('counts every beat once in gross and every record once in average figures', () => {
    const good = compareBeats(beats([1, N], [2, N], [3, N]), beats([1, N], [2, N], [3, N]));
    const bad = compareBeats(beats([1, N]), beats());
    const { gross, average } = summariseBeats([good, bad]);
    expect(gross.qrs.sensitivity).toBe(0.75);
    expect(average.qrs.sensitivity).toBe(0.5);
    // Nothing was detected in the second: its predictivity is undefined and does not count.
    expect(average.qrs.positivePredictivity).toBe(1);
  });
});

it('finds flutter, also when the record ends in it', () => {
  const annotations = [note(10, 'N'), note(20, '['), note(30, '!'), note(40, ']'), note(50, '[')];
  expect(flutterSpans(annotations, 10)).toEqual([
    { startS: 2, endS: 4 },
    { startS: 5, endS: Infinity },
  ]);
  expect(Array.from(annotatedBeats(annotations, 10).timeS)).toEqual([1]);
});
