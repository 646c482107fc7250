import { afterEach, expect, it, vi } from 'vitest';
import cnn from '../../../resources/models/attention-cnn.json';
import beat from '../../../resources/models/beat-attention.json';
import { speak } from '../words';
import { figureWords, groupWords } from './card-figures';

const groups = [cnn, beat].flatMap(({ metrics }) => Object.entries<object>(metrics));

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => speak('en'));

it('names the figures of a network', () => {
  expect(figureWords('reviewSensitivityAt90Specificity')).toBe(
    'review sensitivity at 90 % specificity',
  );
  expect(figureWords('sensitivityAtSpecificity95')).toBe('sensitivity at 95 % specificity');
  expect(figureWords('vPositivePredictivity')).toBe('V positive predictivity');
  expect(figureWords('ectopyRocAuc')).toBe('ectopy ROC-AUC');
  expect(figureWords('ownFigureOfAnother')).toBe('own figure of another');
  expect(groupWords('crossValidation.svdb')).toBe('cross validation SVDB');
  speak('es');
  expect(figureWords('fibrillationSpecificity')).toBe('especificidad, fibrilación');
  expect(groupWords('heldOut.ptbxl')).toBe('datos reservados PTBXL');
});

it('says every figure of the shipped networks in Spanish', () => {
  expect(groups.length).toBeGreaterThan(5);
  const same = new Set(['rocAuc', 'prAuc', 'f1', 'vF1', 'sF1']);
  for (const [group, figures] of groups) {
    for (const [say, names] of [
      [groupWords, [group]],
      [figureWords, Object.keys(figures).filter((name) => !same.has(name))],
    ] as const) {
      for (const name of names) {
        speak('en');
        const english = say(name);
        speak('es');
        expect(say(name), name).not.toBe(english);
      }
    }
  }
});
