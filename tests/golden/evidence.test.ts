import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createEvidenceCheck,
  evidenceHolds,
  type EvidenceCheck,
} from '../../scripts/train/evidence';
import { readReferenceRecord } from '../../src/core/evaluation/reference-record';
import { loadModel } from '../../src/core/inference/load-models';
import { loadOnnxRuntime } from '../../src/core/inference/runtime';
import type { ModelFiles } from '../../src/core/inference/types';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { sharedData } from './shared-data';

/**
 * The shipped reference network: evidence plus bias is the decision, and the graph of the scan
 * agrees with that of the overlay. A sample here; `npm run check:evidence` runs over whole databases.
 */
let model: ModelFiles;
let check: EvidenceCheck;

beforeAll(async () => {
  const loaded = await loadModel(path.join(projectDir(), 'resources/models/attention-cnn.json'));
  if (!loaded.ok) throw new Error(loaded.error.message);
  model = loaded.value;
});

async function checkRecord(path: string, every: number): Promise<void> {
  const { card, paths } = model;
  check = await createEvidenceCheck(await loadOnnxRuntime(1), paths, card.windowSamples);
  const read = await readReferenceRecord(path, card, 'atr');
  if (!read.ok) throw new Error(read.error.message);
  const { segments, samples } = read.value;
  for (let row = 0; row < segments.length; row += every) {
    await check.add(samples.slice(row * card.windowSamples, (row + 1) * card.windowSamples));
  }
  await check.close();
}

it('adds up on a synthetic record', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'fiducial-evidence-'));
  try {
    const options = { durationS: 40, rateHz: 360, leads: 1, seed: 3, format: 16 } as const;
    await writeSyntheticRecord(dir, { name: 'synthetic', ...options });
    await checkRecord(path.join(dir, 'synthetic.hea'), 1);
    expect(check.largest()).toSatisfy(evidenceHolds);
  } finally {
    await rm(dir, { recursive: true });
  }
});

describe.skipIf(!sharedData)('on real records (needs shared/data)', () => {
  afterAll(() => expect(check.largest().segments).toBeGreaterThan(5));

  it.each(['106', '118', '203'])('adds up on a sample of record %s', async (record) => {
    await checkRecord(path.join(sharedData!, 'mitdb', `${record}.hea`), 60);
    expect(check.largest()).toSatisfy(evidenceHolds);
  });
});
