import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok, type ModelCard } from '../../../shared/domain';
import type { Inference, ModelFiles } from '../../inference/types';
import { writeSyntheticRecord } from '../../synthesis';
import { createInlinePool } from '../../workers/inline-pool';
import { judgeOverlays, type JudgedSegment } from './explain-overlays';

const TOKENS = 900;
const WIDTH = 3600;

const model: ModelFiles = {
  card: {
    id: 'energy',
    kind: 'segment-attention',
    samplingRateHz: 360,
    windowSamples: WIDTH,
    hopSamples: WIDTH / 2,
    filter: { lowHz: 0.5, highHz: 50, order: 5 },
    leads: { min: 1, max: 1, preferred: ['II'] },
    threshold: { value: 0.5, chosen: '' },
  } as unknown as ModelCard,
  paths: { scan: 'trained', explain: 'trained' },
};
const shuffled: ModelFiles = { card: model.card, paths: { explain: 'shuffled' } };

/**
 * Stands in for the network: the evidence of a token is its energy, so it points at tall beats and masking it matters;
 * the attention is its opposite. The shuffled one looks at nothing but the place.
 */
const inference: Inference = {
  async run({ paths }, _variant, inputs) {
    const { data, dims } = inputs['segments']!;
    const rows = dims[0]!;
    const samples = data as Float32Array;
    const learnt = paths.explain === 'trained';
    const evidence = new Float32Array(rows * TOKENS);
    const attention = new Float32Array(rows * TOKENS);
    const margin = new Float32Array(rows).fill(-60);
    for (let i = 0; i < evidence.length; i++) {
      const energy = samples.subarray(4 * i, 4 * i + 4).reduce((sum, x) => sum + x * x, 0) / 40;
      evidence[i] = learnt ? energy : i % 7;
      attention[i] = learnt ? 1 / (1 + energy) : i % 11;
      margin[Math.floor(i / TOKENS)]! += evidence[i]!;
    }
    const probability = new Float32Array(2 * rows);
    margin.forEach((logit, row) => {
      probability[2 * row + 1] = 1 / (1 + Math.exp(-logit));
      probability[2 * row] = 1 - probability[2 * row + 1]!;
    });
    const tensor = (values: Float32Array, ...shape: number[]) => ({
      type: 'float32' as const,
      dims: shape,
      data: values,
    });
    return ok({
      evidence: tensor(evidence, rows, TOKENS),
      attention: tensor(attention, rows, 1, TOKENS),
      margin: tensor(margin, rows),
      probability: tensor(probability, rows, 2),
    });
  },
  provider: () => 'cpu',
  devices: async () => [],
  tryDevices: async () => [],
  close: async () => undefined,
};

let dir: string;
let judged: JudgedSegment[];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-overlays-'));
  await writeSyntheticRecord(dir, {
    name: 'pvc',
    durationS: 60,
    rateHz: 360,
    leads: 1,
    seed: 9,
    format: 16,
    scenario: {
      stretches: [
        { untilS: 30, rhythm: 'sinus', heartRateBpm: 70, ectopy: ['pvc', 'pvc'] },
        { untilS: 60, rhythm: 'sinus', heartRateBpm: 70 },
      ],
      disturbances: [],
    },
  });
  const signal = new AbortController().signal;
  const options = { model, shuffled, pool: createInlinePool(), inference, signal };
  const result = await judgeOverlays(join(dir, 'pvc.hea'), options);
  if (!result.ok) throw new Error(result.error.message);
  judged = result.value;
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('judges the segments that are mixed or flagged, and says which', () => {
  expect(judged.some(({ mixed }) => mixed)).toBe(true);
  expect(judged.every(({ mixed, flagged }) => mixed || flagged)).toBe(true);
  // Two early beats of some 0.75 s each, in at most two segments each, of ten seconds.
  for (const { mixed, chance } of judged) {
    if (mixed) expect(chance).toBeGreaterThan(0.02);
    expect(chance).toBeLessThan(0.2);
  }
});

it('finds the overlay that points at the abnormal beats and at what the model used', () => {
  for (const { mixed, evidence, attention } of judged) {
    if (!mixed) continue;
    expect(evidence.hit).toBe(true);
    expect(evidence.faithfulness.faithful).toBe(true);
    expect(evidence.shuffledRankCorrelation).toBeLessThan(0.3);
    expect(attention.faithfulness.faithful).toBe(false);
    expect(attention.faithfulness.topDropLogit).toBeLessThan(evidence.faithfulness.topDropLogit);
  }
});

it('says which file is missing', async () => {
  await rm(join(dir, 'pvc.atr'));
  const signal = new AbortController().signal;
  const options = { model, shuffled, pool: createInlinePool(), inference, signal };
  const result = await judgeOverlays(join(dir, 'pvc.hea'), options);
  expect(result).toMatchObject({ ok: false, error: { code: 'not-found' } });
});
