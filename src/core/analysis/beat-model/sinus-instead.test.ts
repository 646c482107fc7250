import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/domain';
import { seededRandom } from '../../base/seeded-random';
import { openRecording } from '../../formats/list';
import type { Inference } from '../../inference/types';
import { writeSyntheticRecord } from '../../synthesis';
import { createInlinePool } from '../../workers/inline-pool';
import { createCollector } from '../collect';
import { fakeBeatInference, fakeBeatModel } from '../testing/fake-beat-model';
import { beatAnalyser } from './beat-analyser';
import { isSinusInstead } from './sinus-instead';

const uniform = seededRandom(11);
const BEATS = 200;

/** Beats whose intervals a rule makes, with P waves of one likeness. */
function beats(
  rrS: (beat: number, atS: number) => number,
  p: number,
  count = BEATS,
): { timeS: number[]; pLikeness: number[] } {
  const timeS = [0];
  for (let beat = 1; beat < count; beat++) timeS.push(timeS.at(-1)! + rrS(beat, timeS.at(-1)!));
  return { timeS, pLikeness: timeS.map(() => p) };
}

/** Breathing of so many seconds a breath. */
const breathing =
  (periodS: number) =>
  (_: number, atS: number): number =>
    0.85 * (1 + 0.25 * Math.sin((2 * Math.PI * atS) / periodS) + 0.02 * (uniform() - 0.5));
/** As fibrillation has them: each independent of the last. */
const independent = (): number => 0.5 + 0.7 * uniform();
/** Flutter of 0.21 s a wave, every second to fifth of which is conducted. */
const fluttering = (): number => 0.21 * (2 + Math.floor(4 * uniform())) + 0.01 * (uniform() - 0.5);

describe('isSinusInstead', () => {
  it('knows swinging intervals by the P wave before each beat, however sure the network is', () => {
    expect(isSinusInstead(beats(breathing(4), 0.95), 0.97)).toBe(true);
    expect(isSinusInstead(beats(breathing(7), 0.95), 0.97)).toBe(true);
  });

  it('leaves fibrillation what it is', () => {
    for (const p of [-0.1, 0.2, 0.5, NaN])
      expect(isSinusInstead(beats(independent, p), 0.7)).toBe(false);
  });

  it('leaves flutter whose block changes, and whose waves are like each other', () => {
    expect(isSinusInstead(beats(fluttering, 0.95), 0.8)).toBe(false);
  });

  it('knows intervals that change over several beats where noise hides the P waves and the network is not sure', () => {
    expect(isSinusInstead(beats(breathing(8), 0.3), 0.8)).toBe(true);
    expect(isSinusInstead(beats(breathing(8), 0.3), 0.95)).toBe(false);
    expect(isSinusInstead(beats(breathing(8), 0.3, 30), 0.8)).toBe(false);
  });

  it('says nothing of a few beats', () => {
    expect(isSinusInstead(beats(breathing(4), 0.95, 15), 0.6)).toBe(false);
    expect(isSinusInstead({ timeS: [], pLikeness: [] }, 0.6)).toBe(false);
  });
});

/** A network that is sure of fibrillation in every beat. */
const sureOfFibrillation: Inference = {
  ...fakeBeatInference,
  async run(...given) {
    const outputs = await fakeBeatInference.run(...given);
    if (!outputs.ok) return outputs;
    const { fibrillation } = outputs.value;
    (fibrillation!.data as Float32Array).fill(0.97);
    return ok(outputs.value);
  },
};

/** Rhythms of the episodes that are told of two minutes of a rhythm. */
async function episodesOf(rhythm: 'sinus' | 'afib'): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-swings-'));
  // Five stretches a breath of eight seconds.
  const stretches = Array.from({ length: 75 }, (_, i) => ({
    untilS: 1.6 * (i + 1),
    rhythm,
    heartRateBpm: Math.round(72 * (1 + 0.3 * Math.sin((2 * Math.PI * i) / 5))),
  }));
  const scenario = { stretches, disturbances: [] };
  const made = {
    name: 'made',
    durationS: 120,
    rateHz: 250,
    leads: 2,
    seed: 5,
    format: 16,
  } as const;
  await writeSyntheticRecord(dir, { ...made, scenario });
  const recording = await openRecording(join(dir, 'made'));
  if (!recording.ok) throw new Error(recording.error.message);
  const collector = createCollector();
  for await (const update of beatAnalyser.run({
    recording: recording.value,
    model: fakeBeatModel,
    lead: null,
    pool: createInlinePool(),
    inference: sureOfFibrillation,
    signal: new AbortController().signal,
  }))
    if (update.ok) collector.add(update.value);
  await recording.value.close();
  await rm(dir, { recursive: true });
  return collector.result().episodes.map((own) => own.rhythm);
}

it('tells no fibrillation where a sure network reads swinging sinus rhythm, and tells it without P waves', async () => {
  expect(await episodesOf('sinus')).toEqual([]);
  expect(await episodesOf('afib')).toEqual(['(AFIB']);
});
