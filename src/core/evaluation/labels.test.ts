import { expect, it } from 'vitest';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { labelWindows } from './labels';

function beat(sample: number, symbol: string, aux = ''): ReferenceAnnotation {
  return { sample, symbol, aux };
}
const WINDOW = 3600;
function labelsOf(...annotations: ReferenceAnnotation[]) {
  return labelWindows(annotations, [0], WINDOW)[0]!;
}

it('leaves a window without beats unlabelled, whatever else is annotated', () => {
  expect(labelWindows([], [0], WINDOW)).toEqual([null]);
  expect(labelsOf(beat(10, '+', '(AFIB'), beat(20, '~'), beat(30, '|'))).toBeNull();
});

it('counts beats from the start of the window up to its end, the end not included', () => {
  const annotations = [beat(0, 'V'), beat(3600, 'N'), beat(7199, 'N')];
  const labels = labelWindows(annotations, [0, 1800, 3600, 7200], WINDOW);
  expect(labels.map((label) => label?.ectopy ?? null)).toEqual([
    'Abnormal',
    'Normal',
    'Normal',
    null,
  ]);
});

it('calls a tie Normal under majority, and one ectopic beat Abnormal under ectopy', () => {
  expect(labelsOf(beat(1, 'N'), beat(2, 'V'))).toEqual({
    majority: 'Normal',
    ectopy: 'Abnormal',
    review: 'Abnormal',
  });
});

it('counts bundle branch block and paced beats as abnormal, but not as ectopic', () => {
  for (const symbol of [...'LRejnf/Q?B']) {
    expect(labelsOf(beat(1, symbol)), symbol).toEqual({
      majority: 'Abnormal',
      ectopy: 'Normal',
      review: 'Normal',
    });
  }
  for (const symbol of [...'AaJSVEF!']) expect(labelsOf(beat(1, symbol))!.ectopy).toBe('Abnormal');
  for (const symbol of [...'N.']) expect(labelsOf(beat(1, symbol))!.majority).toBe('Normal');
});

it('wants more than half of the window in an abnormal rhythm', () => {
  const until = (sample: number) =>
    labelsOf(beat(0, '+', '(AFIB\0'), beat(1, 'N'), beat(sample, '+', '(N'), beat(3500, 'N'));
  expect(until(1800).review).toBe('Normal');
  expect(until(1801).review).toBe('Abnormal');
  expect(until(1801).ectopy).toBe('Normal');
});

it('lets a rhythm last until the next one, through annotations without a rhythm, and to the end', () => {
  const annotations = [
    beat(0, '+', '(SVTA'),
    beat(100, 'N'),
    beat(500, '+', 'note'),
    beat(9000, 'N'),
  ];
  const labels = labelWindows(annotations, [0, 7200], WINDOW);
  expect(labels.map((label) => label?.review)).toEqual(['Abnormal', 'Abnormal']);
});

it('adds up abnormal rhythms of different names', () => {
  const labels = labelsOf(
    beat(0, '+', '(B'),
    beat(1000, '+', '(T'),
    beat(1900, '+', '(N'),
    beat(2000, 'N'),
  );
  expect(labels!.review).toBe('Abnormal');
});
