import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentInput } from '../../src/core/analysis/segment-model/segment-input';
import { loadModel } from '../../src/core/inference/load-models';
import { loadOnnxRuntime } from '../../src/core/inference/runtime';
import {
  createEvidenceCheck,
  evidenceHolds,
  PARITY_LIMIT,
  type EvidenceDifferences,
} from './evidence';

/** Largest differences between ONNX Runtime and PyTorch, and those of the evidence check. */
export interface Parity extends EvidenceDifferences {
  readonly probability: number;
  readonly attention: number;
}

/**
 * Compares the exported graphs with PyTorch's own answers, which `attention_cnn export` left in the run folder
 * (`parity.f32`, `parity.json`) for real segments.
 */
export async function checkParity(cardPath: string, runDir: string): Promise<Parity> {
  const model = await loadModel(cardPath);
  if (!model.ok) throw new Error(model.error.message);
  const { card, paths } = model.value;
  const bytes = await readFile(join(runDir, 'parity.f32'));
  const samples = Float32Array.from({ length: bytes.length / 4 }, (_, i) =>
    bytes.readFloatLE(4 * i),
  );
  const reference = JSON.parse(await readFile(join(runDir, 'parity.json'), 'utf8')) as {
    probability: number[];
    attention: number[];
  };
  const runtime = await loadOnnxRuntime();
  const explain = await runtime.createSession(paths.explain!, 'cpu');
  const evidence = await createEvidenceCheck(runtime, paths, card.windowSamples);
  const largest = { probability: 0, attention: 0 };
  for (let row = 0; row < samples.length / card.windowSamples; row++) {
    const segment = samples.slice(row * card.windowSamples, (row + 1) * card.windowSamples);
    const outputs = await explain.run(segmentInput(segment, card.windowSamples));
    for (const name of ['probability', 'attention'] as const) {
      const got = outputs[name]!.data as Float32Array;
      got.forEach((v, i) => {
        const difference = Math.abs(v - reference[name][row * got.length + i]!);
        // Written so that a NaN counts as the worst difference, not as none.
        if (!(difference <= largest[name])) largest[name] = difference;
      });
    }
    await evidence.add(segment);
  }
  await explain.release();
  await evidence.close();
  return { ...evidence.largest(), ...largest };
}

/** Whether every difference is within its limit. The scan graph is held to the explain graph, and that to PyTorch. */
export function parityHolds(parity: Parity): boolean {
  return (
    evidenceHolds(parity) && parity.probability <= PARITY_LIMIT && parity.attention <= PARITY_LIMIT
  );
}
