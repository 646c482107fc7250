import { expect, it } from 'vitest';
import { err, ok } from '../../../shared/domain';
import type { GraphVariant, ModelFiles } from '../../inference/types';
import { createFakeInference } from '../testing/fake-inference';
import { abnormalProbabilities } from './segment-probability';

const WINDOW = 4;
const model = {
  card: { windowSamples: WINDOW },
  paths: { scan: 'scan.onnx', explain: 'explain.onnx' },
} as unknown as ModelFiles;
const samples = Float32Array.of(0.1, 0, 0, 0, 0.8, 0, 0, 0);
const { signal } = new AbortController();

/** Answers with each row's first sample; the scan graph has none for the rows that `lost` names. */
function inferenceThat(lost: (first: number) => boolean) {
  const asked: GraphVariant[] = [];
  const of = (variant: GraphVariant) =>
    createFakeInference((row) => (variant === 'scan' && lost(row[0]!) ? NaN : row[0]!));
  return {
    asked,
    inference: {
      ...of('scan'),
      run: ((m, variant, inputs, abort) => {
        asked.push(variant);
        return of(variant).run(m, variant, inputs, abort);
      }) as ReturnType<typeof of>['run'],
    },
  };
}

it('takes the scan graph’s answers', async () => {
  const { asked, inference } = inferenceThat(() => false);
  const found = await abnormalProbabilities({ model, inference, signal }, samples);
  expect(found).toEqual(ok(Float32Array.of(0.1, 0.8)));
  expect(asked).toEqual(['scan']);
});

it('asks the explicit graph where the scan graph has no answer', async () => {
  const { asked, inference } = inferenceThat((first) => first > 0.5);
  const found = await abnormalProbabilities({ model, inference, signal }, samples);
  expect(found).toEqual(ok(Float32Array.of(0.1, 0.8)));
  expect(asked).toEqual(['scan', 'explain']);
});

it('asks nothing about no windows, and hands a failure on', async () => {
  const { asked, inference } = inferenceThat(() => false);
  const none = new Float32Array(0);
  expect(await abnormalProbabilities({ model, inference, signal }, none)).toEqual(ok(none));
  expect(asked).toEqual([]);
  const cancelled = err('cancelled', 'Cancelled.');
  const failing = { ...inference, run: async () => cancelled };
  expect(await abnormalProbabilities({ model, inference: failing, signal }, samples)).toEqual(
    cancelled,
  );
});
