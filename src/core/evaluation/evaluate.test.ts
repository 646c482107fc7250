import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok, type ModelCard } from '../../shared/domain';
import type { Inference, ModelFiles } from '../inference/types';
import { writeSyntheticRecord } from '../synthesis';
import { readAnnotations, writeAnnotations } from '../formats/wfdb';
import { createInlinePool } from '../workers/inline-pool';
import { evaluate, type Evaluation } from './evaluate';
import { htmlReport } from './html-report';
import { textReport } from './text-report';

const card: ModelCard = {
  id: 'test',
  version: '1.0.0',
  title: 'Answers by the sum of a segment',
  kind: 'segment-attention',
  files: {},
  scheme: 'review',
  leads: { min: 1, max: 1, preferred: ['MLII'] },
  samplingRateHz: 360,
  windowSamples: 3600,
  hopSamples: 1800,
  filter: { lowHz: 0.5, highHz: 50, order: 5 },
  threshold: { value: 0.5, chosen: 'made up' },
  referBand: null,
  training: { records: ['102'], commit: 'none', seed: 1, recipe: 'none', software: 'none' },
  metrics: {
    crossValidation: { rocAuc: { value: 0.9, low: 0.8, high: 0.95 }, meanFoldRocAuc: 0.91 },
    leakyRandomSplit: { rocAuc: 0.999 },
  },
  limits: [],
  parameters: {},
};
const model: ModelFiles = { card, paths: { scan: 'unused' } };

let dir: string;
let evaluation: Evaluation;
/** Stands in for the network: P(Abnormal) falls with every segment asked for, 0.95, 0.90, ... */
function fakeInference(): Inference {
  let asked = 0;
  return {
    run: (_model, _variant, inputs) => {
      const rows = inputs['segments']!.dims[0]!;
      const data = new Float32Array(rows * 2);
      for (let i = 0; i < rows; i++) {
        const p = Math.max(0.05, 0.95 - 0.05 * asked++);
        data.set([1 - p, p], 2 * i);
      }
      return Promise.resolve(ok({ probability: { type: 'float32', dims: [rows, 2], data } }));
    },
    provider: () => 'cpu',
    devices: async () => [],
    tryDevices: async () => [],
    close: () => Promise.resolve(),
  };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-evaluate-'));
  for (const [i, name] of ['102', '900', '901', '104'].entries()) {
    await writeSyntheticRecord(dir, {
      name,
      durationS: 63,
      rateHz: 360,
      leads: 2,
      seed: 60 + i,
      format: 212,
    });
  }
  await rm(join(dir, '901.atr'));
  await pace(join(dir, '102.atr'));
  const result = await evaluate({
    paths: ['102', '900', '901', '104'].map((name) => join(dir, `${name}.hea`)),
    model,
    pool: createInlinePool(),
    inference: fakeInference(),
    bootstrap: { draws: 20 },
  });
  if (!result.ok) throw new Error(result.error.message);
  evaluation = result.value;
});
/** Every beat of an annotation file becomes a paced one. */
async function pace(file: string): Promise<void> {
  const read = await readAnnotations(file);
  if (!read.ok) throw new Error(read.error.message);
  const paced = read.value.annotations.map((own) =>
    own.symbol === 'N' ? { ...own, symbol: '/' } : own,
  );
  await writeFile(file, writeAnnotations(paced, read.value));
}
afterAll(() => rm(dir, { recursive: true, force: true }));

it('keeps records with paced beats apart, whatever their names, leaves out what cannot be read, and says so', () => {
  expect(evaluation.gross!.perRecord.map(({ record }) => record)).toEqual(['900', '104']);
  expect(evaluation.paced!.perRecord.map(({ record }) => record)).toEqual(['102']);
  expect(evaluation.problems).toHaveLength(1);
  expect(evaluation.problems[0]!.message).toContain('901.atr');
  expect(evaluation.trainedOn).toEqual(['102']);
});

it("counts every segment of the plain grid once, not the viewer's last one", () => {
  for (const group of [evaluation.gross!, evaluation.paced!]) {
    // 63 s: starts at 0, 5, ... 50 s.
    const expected = 11 * group.perRecord.length;
    expect(group.segments + group.unreadable + group.unlabelled).toBe(expected);
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = group.confusion;
    expect(truePositives + falsePositives + trueNegatives + falseNegatives).toBe(group.segments);
    expect(truePositives + falseNegatives).toBe(group.abnormal);
  }
});

it('prints the cross-validation figures and names the leaky split beside them', () => {
  const text = textReport(evaluation);
  expect(text).toContain('0.900 (0.800-0.950)');
  expect(text).toMatch(/leaky random split[\s\S]*0\.999[\s\S]*Leaky: a random split/);
  expect(text).toContain('were trained on (102)');
});

it('makes a page that loads nothing from elsewhere and has the plots', () => {
  const html = htmlReport(evaluation);
  expect(html).not.toMatch(/<script|<link|@import|url\(|https?:/);
  expect(html.match(/<figure>/g)).toHaveLength(6);
  expect(html).not.toContain('NaN');
  expect(html).toContain('prefers-color-scheme: dark');
});
