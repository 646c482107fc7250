import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../processes/entries';
import { intraOpThreads, loadOnnxRuntime } from './runtime';
import type { Tensor, Tensors } from './types';

const GRAPH = join(projectDir(), 'resources/models/beat-attention.scan.onnx');

/** Numbers without a pattern, the same every time. */
function batch(rows: number, leads: number): Tensors {
  let seed = 1;
  const next = (): number => ((seed = (seed * 48271) % 2147483647) / 2147483647) * 2 - 1;
  const tensor = (value: () => number, ...dims: number[]): Tensor => ({
    type: 'float32',
    dims,
    data: Float32Array.from({ length: dims.reduce((a, b) => a * b) }, value),
  });
  return {
    windows: tensor(next, rows, 64, leads, 96),
    dominant: tensor(next, rows, leads, 96),
    present: tensor(() => 1, rows, 64, leads),
    rhythm: tensor(next, rows, 64, 5),
    mask: tensor(() => 1, rows, 64),
    formMeans: tensor(next, rows, 64, leads, 96),
    formBeats: tensor(() => 3, rows, 64),
  };
}

it('leaves one of two cores to the reading of beats', () => {
  expect([1, 2, 3, 8, 64].map((cores) => intraOpThreads(cores))).toEqual([1, 1, 3, 8, 8]);
});

it('answers the same to the bit with one thread and with several', async () => {
  const runtime = await loadOnnxRuntime();
  const answers = await Promise.all(
    [1, 2].map(async (threads) => {
      const session = await runtime.createSession(GRAPH, 'cpu', threads);
      const outputs = await session.run(batch(3, 2));
      await session.release();
      return outputs;
    }),
  );
  expect(Object.keys(answers[0]!).length).toBeGreaterThan(0);
  expect(answers[1]).toEqual(answers[0]);
});
