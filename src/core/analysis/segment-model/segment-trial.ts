import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { Tensors, TrialBatch } from '../../inference/types';
import type { TrialInput } from '../analyser';
import { segmentInput } from './segment-input';
import { BATCH_SEGMENTS, planSegments, readWindows } from './segment-plan';

/** The first batch that an analysis of the recording would hand over. */
export async function segmentTrial(input: TrialInput): Promise<Result<TrialBatch>> {
  const plan = planSegments(input);
  if (!plan.ok) return plan;
  const end = Math.min(BATCH_SEGMENTS, plan.value.segmentsTotal);
  const windows = await readWindows(input, plan.value, 0, end);
  if (!windows.ok) return windows;
  const { samples } = windows.value;
  const { windowSamples } = input.model.card;
  if (samples.length === 0)
    return errSaid('unsupported', 'files.unreadableRecording', { name: input.recording.name });
  return ok({
    inputs: segmentInput(samples, windowSamples),
    segments: samples.length / windowSamples,
    probabilities: (outputs: Tensors) => outputs['probability']!.data as Float32Array,
  });
}
