import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok } from '../../../shared/domain';
import { openRecording } from '../../formats/list';
import type { Inference, ModelFiles } from '../../inference/types';
import type { AnalysisResult } from '../../review/store/types';
import { writeSyntheticRecord } from '../../synthesis';
import { createInlinePool } from '../../workers/inline-pool';
import { createCollector } from '../collect';
import { fakeBeatInference, fakeBeatModel } from '../testing/fake-beat-model';
import { beatAnalyser } from './beat-analyser';

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'fiducial-strip-'))));
afterAll(() => rm(dir, { recursive: true, force: true }));

const rhythm = { strip: 1, beats: 1, offset: 0, threshold: 0.5, sha256: '' };
const model: ModelFiles = {
  card: {
    ...fakeBeatModel.card,
    parameters: {
      ...fakeBeatModel.card.parameters,
      strip: { shiftLogit: 0, fibrillationMean: 0.5, rhythm },
    },
  },
  paths: { ...fakeBeatModel.paths, strip: 'none' },
};

/** Analyses sinus rhythm of some length with a network of strips that answers every lead the same; keeps what it was given. */
async function analysed(
  durationS: number,
  logit: number,
  leads = 1,
  ofBeats = 0.01,
): Promise<{ result: AnalysisResult; given: (readonly number[])[] }> {
  const name = `${durationS}-${logit}-${leads}-${100 * ofBeats}`;
  await writeSyntheticRecord(dir, {
    ...{ name, durationS, rateHz: 250, leads, seed: 3, format: 16 },
    scenario: {
      stretches: [{ untilS: durationS, rhythm: 'sinus', heartRateBpm: 70 }],
      disturbances: [],
    },
  });
  const recording = await openRecording(join(dir, name));
  if (!recording.ok) throw new Error(recording.error.message);
  const given: (readonly number[])[] = [];
  const inference: Inference = {
    ...fakeBeatInference,
    async run(asked, variant, inputs, signal) {
      if (variant !== 'strip') {
        const told = await fakeBeatInference.run(asked, variant, inputs, signal);
        if (told.ok) (told.value['fibrillation']!.data as Float32Array).fill(ofBeats);
        return told;
      }
      const { dims } = inputs['signal']!;
      given.push(dims);
      const data = new Float32Array(dims[0]!).fill(logit);
      const fibrillation = { type: 'float32' as const, dims: [dims[0]!], data };
      return ok({ fibrillation });
    },
  };
  const collector = createCollector();
  const updates = beatAnalyser.run({
    ...{ recording: recording.value, model, lead: null, inference },
    pool: createInlinePool(),
    signal: new AbortController().signal,
  });
  for await (const update of updates) {
    if (!update.ok) throw new Error(update.error.message);
    collector.add(update.value);
  }
  await recording.value.close();
  return { result: collector.result(), given };
}

it('hears a strip as a whole, once, and says one thing of all of it', async () => {
  const { result, given } = await analysed(30, 9);
  expect(given).toEqual([[1, 3008]]);
  // The beats speak against it, with a logit of -4.6.
  expect(result.episodes).toMatchObject([{ startS: 0, endS: 30, rhythm: '(AFIB' }]);
  expect(result.episodes[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(4.595 - 9)), 3);
  expect(new Set(result.segments.map(({ af }) => af)).size).toBe(1);
  expect(result.segments.every(({ verdict }) => verdict === 'Abnormal')).toBe(true);
  const calm = await analysed(30, 4);
  expect(calm.result.episodes).toEqual([]);
  expect(calm.result.segments.every(({ verdict }) => verdict === 'Normal')).toBe(true);
});

it('marks for a look what the beats call fibrillation and the whole does not', async () => {
  const { result } = await analysed(30, -9, 1, 0.6);
  expect(result.episodes).toEqual([]);
  expect(result.segments.map(({ verdict, refer }) => [verdict, refer])).toEqual(
    result.segments.map(() => ['Normal', true]),
  );
  const calm = await analysed(30, -9, 1, 0.4);
  expect(calm.result.segments.every(({ refer }) => !refer)).toBe(true);
});

it('asks nothing about the whole of what is longer than a strip, or has more leads than one', async () => {
  for (const [durationS, leads] of [
    [62, 1],
    [30, 2],
  ] as const) {
    const { result, given } = await analysed(durationS, 9, leads);
    expect(given).toEqual([]);
    expect(result.episodes).toEqual([]);
  }
});
