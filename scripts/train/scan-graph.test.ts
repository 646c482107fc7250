import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOnnxRuntime, type Runtime } from '../../src/core/inference/runtime';
import { projectDir } from '../../src/core/processes/entries';
import { createEvidenceCheck, PARITY_LIMIT } from './evidence';
import { findPython, trainingDir } from './python';

const project = projectDir();
const python = findPython(project);
const WINDOW = 3600;

/**
 * Exports untrained networks whose queries and keys are so many times as long, each into a folder of that name, and prints
 * the size of their largest scores.
 */
const EXPORT = `
import sys, numpy as np, torch
from attention_cnn.export import export, round_large_layer
from attention_cnn.model import CHANNELS, HEADS, WINDOW, AttentionCnn
folder, segments, *factors = sys.argv[1:]
for factor in factors:
    torch.manual_seed(1)
    model = round_large_layer(AttentionCnn().eval())
    with torch.no_grad():
        model.attention.in_proj_weight[: 2 * CHANNELS] *= float(factor)
        model.attention.in_proj_bias.normal_(0, 0.1)
        model.attention.out_proj.bias.normal_(0, 0.1)
        tokens = model.tokens(torch.from_numpy(np.fromfile(segments, "<f4")).reshape(-1, 1, WINDOW))
        projected = tokens @ model.attention.in_proj_weight.T + model.attention.in_proj_bias
        q, k = (part.unflatten(2, (HEADS, -1)).transpose(1, 2) for part in projected.split(CHANNELS, 2)[:2])
        print((q @ k.transpose(2, 3) / q.shape[-1] ** 0.5).abs().max().item())
    export(model, {"id": "test"}, f"{folder}/{factor}")
`;

/** What an untrained network's scores are, what fits below 60 and what has to be shifted (scan_graph.py). */
describe.skipIf(!python)('the scan graph (needs a Python with PyTorch)', () => {
  const FACTORS = [
    { factor: 1, atLeast: 0 },
    { factor: 12, atLeast: 10 },
    { factor: 40, atLeast: 150 },
  ];
  const segments = [1, 2, 3].map((seed) =>
    Float32Array.from({ length: WINDOW }, (_, i) => 1.4 * Math.sin(seed * i * i * 1e-3)),
  );
  let dir: string;
  let largest: number[];
  let runtime: Runtime;
  // All in one process: to load PyTorch and ONNX Runtime takes longer than to export a network.
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-scan-graph-'));
    const file = join(dir, 'segments.f4');
    await writeFile(file, Buffer.concat(segments.map((s) => Buffer.from(s.buffer))));
    const { status, stdout, stderr } = spawnSync(
      python!,
      ['-c', EXPORT, dir, file, ...FACTORS.map(({ factor }) => String(factor))],
      { cwd: trainingDir(project), encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    largest = stdout.trim().split('\n').map(Number);
    runtime = await loadOnnxRuntime(1);
  });
  afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

  it.each(FACTORS.map((one, at) => ({ ...one, at })))(
    'agrees with the explain graph where queries and keys are $factor times as long',
    async ({ factor, atLeast, at }) => {
      expect(largest).toHaveLength(FACTORS.length);
      expect(largest[at]).toBeGreaterThan(atLeast);
      const paths = {
        scan: join(dir, String(factor), 'attention-cnn.scan.onnx'),
        explain: join(dir, String(factor), 'attention-cnn.explain.onnx'),
      };
      const check = await createEvidenceCheck(runtime, paths, WINDOW);
      for (const samples of segments) await check.add(samples);
      await check.close();
      expect(check.largest().scan).toBeLessThan(PARITY_LIMIT);
    },
    120_000,
  );
});
