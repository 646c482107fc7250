import { ok } from '../../../shared/domain';
import type { Inference, Tensors } from '../../inference/types';

/**
 * An inference without ONNX Runtime, for tests of what is around it. Each row of a batch gets the probability
 * that `probabilityOf` says; the explain variant adds overlays whose evidence adds up.
 */
export function createFakeInference(
  probabilityOf: (row: Float32Array) => number,
  { delayMs = 0 }: { delayMs?: number } = {},
): Inference & { readonly batches: number[] } {
  const heads = 8;
  const batches: number[] = [];
  return {
    batches,
    async run(model, variant, inputs, signal) {
      const [input] = Object.values(inputs);
      const rows = input!.dims[0]!;
      const width = model.card.windowSamples;
      const data = input!.data as Float32Array;
      batches.push(rows);
      if (delayMs > 0) {
        const stopped = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), delayMs);
          signal?.addEventListener('abort', () => (clearTimeout(timer), resolve(true)));
        });
        if (stopped) return { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } };
      }
      const probability = new Float32Array(2 * rows);
      for (let row = 0; row < rows; row++) {
        const p = probabilityOf(data.subarray(row * width, (row + 1) * width));
        probability[2 * row] = 1 - p;
        probability[2 * row + 1] = p;
      }
      const outputs: Record<string, Tensors[string]> = {
        probability: { type: 'float32', dims: [rows, 2], data: probability },
      };
      if (variant === 'explain') {
        const tokens = width / 4;
        const margin = Math.log(probability[1]! / probability[0]!);
        const evidence = new Float32Array(rows * tokens).fill((margin - 0.5) / tokens);
        const attention = new Float32Array(rows * heads * tokens).fill(1 / tokens);
        outputs['attention'] = { type: 'float32', dims: [rows, heads, tokens], data: attention };
        outputs['evidence'] = { type: 'float32', dims: [rows, tokens], data: evidence };
        outputs['bias'] = { type: 'float32', dims: [rows], data: new Float32Array(rows).fill(0.5) };
        outputs['margin'] = {
          type: 'float32',
          dims: [rows],
          data: new Float32Array(rows).fill(margin),
        };
      }
      return ok(outputs);
    },
    provider: () => 'cpu',
    devices: async () => [],
    tryDevices: async () => [],
    close: async () => undefined,
  };
}
