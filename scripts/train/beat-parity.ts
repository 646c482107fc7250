import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel } from '../../src/core/inference/load-models';
import { loadOnnxRuntime } from '../../src/core/inference/runtime';
import type { Tensor } from '../../src/core/inference/types';

interface Saved {
  readonly inputs: Record<string, { dims: number[]; data: number[] }>;
  readonly outputs: Record<string, { dims: number[]; data: number[] }>;
}

/**
 * Largest difference, per output, between ONNX Runtime and PyTorch's own answers on real beats, which
 * `beat_attention.train --parity` left in `beat-parity.json`; NaN counts as infinite.
 */
export async function checkBeatParity(
  cardPath: string,
  dir: string,
): Promise<Record<string, number>> {
  const model = await loadModel(cardPath);
  if (!model.ok) throw new Error(model.error.message);
  const saved = JSON.parse(await readFile(join(dir, 'beat-parity.json'), 'utf8')) as Saved;
  const runtime = await loadOnnxRuntime();
  const session = await runtime.createSession(model.value.paths.scan!, 'cpu');
  const inputs = Object.fromEntries(
    Object.entries(saved.inputs).map(([name, { dims, data }]): [string, Tensor] => [
      name,
      { type: 'float32', dims, data: Float32Array.from(data) },
    ]),
  );
  const outputs = await session.run(inputs);
  await session.release();
  return Object.fromEntries(
    Object.entries(saved.outputs).map(([name, { data }]) => {
      const got = outputs[name]!.data as Float32Array;
      let largest = got.length === data.length ? 0 : Infinity;
      got.forEach((value, i) => {
        const difference = Math.abs(value - data[i]!);
        largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
      });
      return [name, largest];
    }),
  );
}
