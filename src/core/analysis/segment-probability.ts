import { ok, type Result } from '../../shared/domain';
import type { GraphVariant } from '../inference/types';
import type { AnalyserInput } from './analyser';
import { floatOutput, segmentInput } from './segment-input';

/**
 * Probability of Abnormal of standardised windows, row by row, from the scan graph. It takes a shortcut around the
 * largest attention score (training/attention_cnn/scan_graph.py) that can leave a window without an answer, not a
 * number; the explicit graph is then asked about the whole batch.
 * @param samples [rows, windowSamples]
 * @returns [rows], 0 to 1
 */
export async function abnormalProbabilities(
  asked: Pick<AnalyserInput, 'model' | 'inference' | 'signal'>,
  samples: Float32Array,
): Promise<Result<Float32Array>> {
  if (samples.length === 0) return ok(new Float32Array(0));
  if (!asked.model.paths.scan) return ask(asked, 'explain', samples);
  const quick = await ask(asked, 'scan', samples);
  if (!quick.ok || quick.value.every(Number.isFinite)) return quick;
  return ask(asked, 'explain', samples);
}

async function ask(
  { model, inference, signal }: Pick<AnalyserInput, 'model' | 'inference' | 'signal'>,
  variant: GraphVariant,
  samples: Float32Array,
): Promise<Result<Float32Array>> {
  const { windowSamples } = model.card;
  const outputs = await inference.run(model, variant, segmentInput(samples, windowSamples), signal);
  if (!outputs.ok) return outputs;
  const both = floatOutput(outputs.value, 'probability', (2 * samples.length) / windowSamples);
  return both.ok ? ok(both.value.filter((_, i) => i % 2 === 1)) : both;
}
