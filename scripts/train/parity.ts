import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentInput } from '../../src/core/analysis/segment-input';
import { loadModel } from '../../src/core/inference/load-models';
import { loadOnnxRuntime } from '../../src/core/inference/runtime';

/** Largest differences on the parity segments. */
export interface Parity {
  readonly segments: number;
  /** ONNX Runtime against PyTorch: probability of each graph, and attention. */
  readonly scan: number;
  readonly explain: number;
  readonly attention: number;
  /** Evidence plus bias against the margin, in logits. */
  readonly evidence: number;
}

export const PARITY_LIMIT = 1e-4;
export const EVIDENCE_LIMIT = 1e-3;

/**
 * Compares the exported graphs with PyTorch's own answers, which `attention_cnn export` left in the run folder
 * (`parity.f32`, `parity.json`) for real segments.
 */
export async function checkParity(cardPath: string, runDir: string): Promise<Parity> {
  const model = await loadModel(cardPath);
  if (!model.ok) throw new Error(model.error.message);
  const { card, paths } = model.value;
  const bytes = await readFile(join(runDir, 'parity.f32'));
  const samples = new Float32Array(bytes.length / 4);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readFloatLE(4 * i);
  const reference = JSON.parse(await readFile(join(runDir, 'parity.json'), 'utf8')) as {
    probability: number[];
    attention: number[];
  };
  const runtime = await loadOnnxRuntime();
  const largest = { scan: 0, explain: 0, attention: 0, evidence: 0 };
  const rows = samples.length / card.windowSamples;
  const scan = await runtime.createSession(paths.scan!, 'cpu');
  const explain = await runtime.createSession(paths.explain!, 'cpu');
  for (let row = 0; row < rows; row++) {
    const input = segmentInput(
      samples.slice(row * card.windowSamples, (row + 1) * card.windowSamples),
      card.windowSamples,
    );
    const fast = await scan.run(input);
    const full = await explain.run(input);
    const value = (name: string): Float32Array => full[name]!.data as Float32Array;
    const differ = (got: ArrayLike<number>, wanted: readonly number[]): number => {
      const from = row * got.length;
      return Math.max(...Array.from(got, (v, i) => Math.abs(v - wanted[from + i]!)));
    };
    const note = (what: keyof typeof largest, difference: number): void => {
      // Written so that a NaN counts as the worst difference, not as none.
      if (!(difference <= largest[what])) largest[what] = difference;
    };
    note('scan', differ(fast['probability']!.data as Float32Array, reference.probability));
    note('explain', differ(value('probability'), reference.probability));
    note('attention', differ(value('attention'), reference.attention));
    const sum = value('evidence').reduce((total, v) => total + v, 0);
    note('evidence', Math.abs(sum + value('bias')[0]! - value('margin')[0]!));
  }
  await scan.release();
  await explain.release();
  return { segments: rows, ...largest };
}

/** Whether every difference is within its limit; false for NaN. */
export function parityHolds({ scan, explain, attention, evidence }: Parity): boolean {
  return (
    [scan, explain, attention].every((difference) => difference <= PARITY_LIMIT) &&
    evidence <= EVIDENCE_LIMIT
  );
}
