import { ok, type Result } from '../../../shared/domain';
import type { Tensors } from '../../inference/types';
import type { AnalyserInput } from '../analyser';
import { floatOutput, segmentInput } from './segment-input';

type Asked = Pick<AnalyserInput, 'model' | 'inference' | 'signal'>;

/**
 * The outputs of a segment model for standardised windows, `probability` among them, from the scan graph. It takes a
 * shortcut around the largest attention score (training/attention_cnn/scan_graph.py) that can leave a window without an
 * answer, not a number, as half-masked windows sometimes do; the explicit graph is then asked about the whole batch.
 * @param samples [rows, windowSamples]
 */
export async function scanWindows(asked: Asked, samples: Float32Array): Promise<Result<Tensors>> {
  const { model, inference, signal } = asked;
  const input = (): Tensors => segmentInput(samples, model.card.windowSamples);
  if (!model.paths.scan) return inference.run(model, 'explain', input(), signal);
  const quick = await inference.run(model, 'scan', input(), signal);
  if (!quick.ok || isAnswered(quick.value)) return quick;
  return inference.run(model, 'explain', input(), signal);
}

function isAnswered(outputs: Tensors): boolean {
  const values = outputs['probability']?.data;
  return !(values instanceof Float32Array) || values.every(Number.isFinite);
}

/**
 * Probability of Abnormal of standardised windows, row by row (`scanWindows`).
 * @param samples [rows, windowSamples]
 * @returns [rows], 0 to 1
 */
export async function abnormalProbabilities(
  asked: Asked,
  samples: Float32Array,
): Promise<Result<Float32Array>> {
  if (samples.length === 0) return ok(new Float32Array(0));
  const outputs = await scanWindows(asked, samples);
  if (!outputs.ok) return outputs;
  const rows = samples.length / asked.model.card.windowSamples;
  const both = floatOutput(outputs.value, 'probability', 2 * rows);
  return both.ok ? ok(both.value.filter((_, i) => i % 2 === 1)) : both;
}
