import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readsBeatsOnce } from '../../src/core/analysis/beat-model/scan-batches';
import { loadModel } from '../../src/core/inference/load-models';
import { loadOnnxRuntime, type Session } from '../../src/core/inference/runtime';
import type { Tensor, Tensors } from '../../src/core/inference/types';

interface Saved {
  readonly inputs: Record<string, { dims: number[]; data: number[] }>;
  readonly outputs: Record<string, { dims: number[]; data: number[] }>;
}

/**
 * Largest difference, per output, between ONNX Runtime and PyTorch's own answers on real beats, which
 * `beat_attention.train --parity` left in `beat-parity.json`; NaN counts as infinite. The explain graph is held to
 * PyTorch, and a scan graph that reads every beat once to the explain graph.
 */
export async function checkBeatParity(
  cardPath: string,
  dir: string,
): Promise<Record<string, number>> {
  const model = await loadModel(cardPath);
  if (!model.ok) throw new Error(model.error.message);
  const saved = JSON.parse(await readFile(join(dir, 'beat-parity.json'), 'utf8')) as Saved;
  const runtime = await loadOnnxRuntime();
  const { card, paths } = model.value;
  const explain = await runtime.createSession(paths.explain!, 'cpu');
  const inputs = tensorsOf(saved.inputs);
  const differences = largestDifferences(await explain.run(inputs), tensorsOf(saved.outputs));
  if (readsBeatsOnce(card)) {
    const scan = await runtime.createSession(paths.scan!, 'cpu');
    // As if the rows followed each other: then they are of one recording, which has one dominant beat.
    const rows = mapRows(inputs, (row, _, name, first) => (name === 'dominant' ? first : row));
    const scanned = largestDifferences(await scan.run(rows), await joined(explain, rows));
    for (const [name, value] of Object.entries(scanned))
      differences[name] = Math.max(differences[name]!, value);
    await scan.release();
  }
  await explain.release();
  return differences;
}

function tensorsOf(saved: Saved['inputs']): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(saved).map(([name, { dims, data }]): [string, Tensor] => [
      name,
      { type: 'float32', dims, data: Float32Array.from(data) },
    ]),
  );
}

function largestDifferences(got: Tensors, expected: Tensors): Record<string, number> {
  return Object.fromEntries(
    Object.entries(expected).map(([name, { data }]) => {
      const values = got[name]!.data as Float32Array;
      let largest = values.length === data.length ? 0 : Infinity;
      values.forEach((value, i) => {
        const difference = Math.abs(value - Number(data[i]));
        largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
      });
      return [name, largest];
    }),
  );
}

/** What the scan graph has to say of rows: what each says by itself, and what is said of what lies across two. */
async function joined(explain: Session, inputs: Tensors): Promise<Tensors> {
  const own = await explain.run(inputs);
  const across = await explain.run(
    mapRows(inputs, (row, next, name) =>
      name === 'dominant' ? row : Float32Array.from([...half(row, 1), ...half(next, 0)]),
    ),
  );
  return Object.fromEntries(
    Object.entries(own).map(([name, tensor]): [string, Tensor] => {
      const rows = tensor.dims[0]!;
      const length = tensor.data.length / rows / 4;
      const data = Float32Array.from(tensor.data as Float32Array);
      const between = across[name]!.data as Float32Array;
      for (let row = 0; row + 1 < rows; row++) {
        const middle = between.subarray((4 * row + 1) * length, (4 * row + 3) * length);
        data.set(middle, (4 * row + 3) * length);
      }
      return [name, { ...tensor, data }];
    }),
  );
}

function half(row: Float32Array, which: 0 | 1): Float32Array {
  return row.subarray((which * row.length) / 2, ((which + 1) * row.length) / 2);
}

/** @param change given a row of a tensor, the next (the first after the last), the tensor's name and its first row */
function mapRows(
  inputs: Tensors,
  change: (
    row: Float32Array,
    next: Float32Array,
    name: string,
    first: Float32Array,
  ) => Float32Array,
): Tensors {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]): [string, Tensor] => {
      const rows = tensor.dims[0]!;
      const data = tensor.data as Float32Array;
      const length = data.length / rows;
      const row = (i: number): Float32Array =>
        data.subarray((i % rows) * length, (i % rows) * length + length);
      const changed = new Float32Array(data.length);
      for (let i = 0; i < rows; i++)
        changed.set(change(row(i), row(i + 1), name, row(0)), i * length);
      return [name, { ...tensor, data: changed }];
    }),
  );
}
