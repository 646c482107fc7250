import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModels } from './load-models';
import { writeTestModel } from './testing/model-fixture';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-models-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function refusal(): Promise<string> {
  const result = await loadModels(dir);
  if (!result.ok) throw new Error(result.error.message);
  expect(result.value.models).toEqual([]);
  const [refused, ...more] = result.value.refused;
  expect(more).toEqual([]);
  expect(refused?.error.code).toBe('bad-model');
  return refused!.error.message;
}

describe('loadModels', () => {
  it('finds models by card and orders them by id', async () => {
    await writeTestModel(dir, { id: 'zebra' });
    await writeTestModel(dir, { id: 'alpha', externalFile: 'weights.bin' });
    const result = await loadModels(dir);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.models.map(({ card }) => card.id)).toEqual(['alpha', 'zebra']);
    expect(result.value.models[0]!.paths.explain).toBe(join(dir, 'alpha', 'alpha.explain.onnx'));
  });

  it('leaves a refused model out, says which and why, and loads the others', async () => {
    await writeTestModel(dir, { id: 'alpha' });
    await writeTestModel(dir, { id: 'broken', card: { windowSamples: 2500 } });
    await writeTestModel(dir, { id: 'zebra' });
    const result = await loadModels(dir);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.models.map(({ card }) => card.id)).toEqual(['alpha', 'zebra']);
    expect(result.value.refused.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/broken.card\.json: .*windowSamples 2500/),
    ]);
  });

  it('takes a missing directory for an empty one', async () => {
    expect(await loadModels(join(dir, 'nowhere'))).toEqual({
      ok: true,
      value: { models: [], refused: [] },
    });
  });

  it('refuses a file that is not the one on the card', async () => {
    await writeTestModel(dir);
    await appendFile(join(dir, 'test-model', 'test-model.scan.onnx'), 'x');
    expect(await refusal()).toMatch(/test-model\.scan\.onnx does not have the SHA-256/);
  });

  it('refuses a changed weight file, and one that the card does not name', async () => {
    await writeTestModel(dir, { externalFile: 'weights.bin' });
    await appendFile(join(dir, 'test-model', 'weights.bin'), 'x');
    expect(await refusal()).toMatch(/weights\.bin does not have the SHA-256/);
    await writeTestModel(dir, { externalFile: 'weights.bin', nameExternalFile: false });
    expect(await refusal()).toMatch(/keeps weights in "weights\.bin"/);
  });

  it.each([
    ['a window of another length', { card: { windowSamples: 2500 } }, /windowSamples 2500/],
    ['another version inside', { inside: { version: '2.0.0' } }, /version "1\.0\.0".*"2\.0\.0"/],
    [
      'a missing output',
      { outputs: ({ probability }: Record<string, never>) => ({ p: probability }) },
      /"probability" is missing/,
    ],
    [
      'three classes',
      { outputs: (all: object) => ({ ...all, probability: ['batch', 3] }) },
      /"probability" is float32 \[batch, 3\]/,
    ],
    [
      'a path for a file name',
      { card: { files: { scan: { file: '../x', sha256: '' } } } },
      /"\.\.\/x"/,
    ],
    ['a card that breaks the schema', { card: { threshold: 0.5 } }, /card field threshold/],
    ['a kind that states no shapes', { card: { kind: 'beat-attention' } }, /kind/],
  ])('refuses %s', async (_name, options, message) => {
    await writeTestModel(dir, options as never);
    expect(await refusal()).toMatch(message);
  });

  it('checks a beat model against the shapes on its card', async () => {
    const declare = (inputs: object, outputs: object): Promise<string> =>
      writeTestModel(dir, {
        inside: { kind: 'beat-attention', parameters: { inputs, outputs } },
        card: { kind: 'beat-attention', parameters: { inputs, outputs } },
      });
    const outputs = {
      probability: ['batch', 2],
      attention: ['batch', 2, 900],
      evidence: ['batch', 900],
    };
    await declare({ segments: ['batch', 1, 3600] }, outputs);
    expect(await loadModels(dir)).toMatchObject({ value: { refused: [] } });
    await declare({ segments: ['batch', 3, 3600] }, outputs);
    expect(await refusal()).toMatch(/input "segments" is float32 \[batch, 1, 3600\]/);
    await declare({ segments: ['batch', 1, 3600] }, { probability: ['batch', 2] });
    expect(await refusal()).toMatch(/not on the card/);
    await declare({ segments: ['batch', 1, 3600], mask: ['batch'] }, outputs);
    expect(await refusal()).toMatch(/input "mask" is missing/);
  });

  it('accepts every model that is shipped', async () => {
    const shipped = await loadModels(join(import.meta.dirname, '../../../resources/models'));
    if (!shipped.ok) throw new Error(shipped.error.message);
    expect(shipped.value.refused).toEqual([]);
    for (const { card, paths } of shipped.value.models) {
      const variants = card.kind === 'beat-attention' ? ['strip'] : [];
      expect(Object.keys(paths).sort()).toEqual(['explain', 'scan', ...variants]);
    }
  });

  it('refuses what is not ONNX or not a card, at every length', async () => {
    const path = await writeTestModel(dir);
    const card = await readFile(path);
    for (const end of [0, 1, 10, card.length - 1]) {
      await writeFile(path, card.subarray(0, end));
      expect(await refusal()).toMatch(/card cannot be read/);
    }
  });
});
