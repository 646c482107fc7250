import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadModel } from '../../inference/load-models';
import { loadOnnxRuntime } from '../../inference/runtime';
import { projectDir } from '../../processes/entries';
import { rankCorrelation } from './explain-ranks';
import { segmentInput } from '../../analysis/segment-model/segment-input';
import { shuffledModel } from './shuffled-model';

it('answers with other attention and evidence, from weights in the graph and beside it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-shuffled-'));
  try {
    const model = await loadModel(join(projectDir(), 'resources/models/attention-cnn.json'));
    if (!model.ok) throw new Error(model.error.message);
    const shuffled = await shuffledModel(model.value, dir);
    const weights = model.value.card.files['weights']!.file;
    const before = await readFile(join(projectDir(), 'resources/models', weights));
    const after = await readFile(join(dir, weights));
    expect(after.equals(before)).toBe(false);
    const sorted = (bytes: Buffer): Uint16Array =>
      new Uint16Array(Uint8Array.from(bytes).buffer).sort();
    expect(Buffer.from(sorted(after)).equals(Buffer.from(sorted(before)))).toBe(true);

    const runtime = await loadOnnxRuntime();
    const wave = Float32Array.from({ length: 3600 }, (_, i) => Math.sin(i / 20) + Math.sin(i / 7));
    const answers = [];
    for (const path of [model.value.paths.explain!, shuffled.paths.explain!]) {
      const session = await runtime.createSession(path, 'cpu');
      answers.push(await session.run(segmentInput(wave, 3600)));
      await session.release();
    }
    for (const name of ['attention', 'evidence']) {
      const [trained, other] = answers.map((outputs) => outputs[name]!.data as Float32Array);
      expect(other!.every(Number.isFinite)).toBe(true);
      expect(Math.abs(rankCorrelation(trained!, other!))).toBeLessThan(0.9);
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
