import { isStrip } from '../../../shared/domain/strip';
import { ok, type Result } from '../../../shared/domain';
import type { Inference, ModelFiles, Tensors } from '../../inference/types';
import { floatOutput } from '../segment-model/segment-input';
import { logistic } from './beat-answers';
import type { BeatParameters } from './beat-parameters';

/** A strip has one rhythm, of which nothing is said below so many beats that can be seen, or so many seconds. */
const LEAST = { beats: 6, durationS: 8 } as const;
/** Mean of the beats from which a strip fibrillates where the card does not say. */
const USUAL_MEAN = 0.5;
/** The mean over the beats is a logit of no more than this: ten beats that are sure of themselves are one strip. */
const MOST_LOGIT = 5;
/** Samples that the network of strips makes one token of: what it is given is a multiple. */
const STRIDE = 32;

/** The one rhythm of a strip. */
export interface StripRhythm {
  /** Of atrial fibrillation or flutter. */
  readonly probability: number;
  readonly isFibrillating: boolean;
  /** The beats by themselves would say so, the whole does not. */
  readonly isDisputed: boolean;
}

/**
 * Whether a strip fibrillates: by the mean probability of its beats, and by what the network of strips says of the whole
 * where the model has one.
 * @param beats probability of fibrillation of the beats that some lead shows
 * @param logit of the network of strips (`askStrip`), null where it was not asked
 * @returns null where too little is seen, and for what is longer than a strip
 */
export function stripRhythm(
  beats: ArrayLike<number>,
  logit: number | null,
  durationS: number,
  strip: BeatParameters['strip'],
): StripRhythm | null {
  if (!isStrip(durationS) || durationS < LEAST.durationS || beats.length < LEAST.beats) return null;
  let sum = 0;
  for (let i = 0; i < beats.length; i++) sum += beats[i]!;
  const mean = sum / beats.length;
  const rhythm = strip?.rhythm;
  const byBeats = mean >= (strip?.fibrillationMean ?? USUAL_MEAN);
  if (logit === null || !rhythm) {
    return { probability: mean, isFibrillating: byBeats, isDisputed: false };
  }
  const ofBeats = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, Math.log(mean / (1 - mean))));
  const probability = logistic(rhythm.strip * logit + rhythm.beats * ofBeats + rhythm.offset);
  const isFibrillating = probability >= rhythm.threshold;
  return { probability, isFibrillating, isDisputed: byBeats && !isFibrillating };
}

/**
 * Asks the network of strips.
 * @param lead the whole of a strip of one lead, as `stripSignal` makes it
 * @returns logit of fibrillation; null for a model without such a network
 */
export async function askStrip(
  lead: Float32Array,
  model: ModelFiles,
  parameters: BeatParameters,
  inference: Inference,
  signal: AbortSignal,
): Promise<Result<number | null>> {
  if (!model.paths.strip || !parameters.strip?.rhythm) return ok(null);
  const outputs = await inference.run(model, 'strip', stripInputs(lead), signal);
  if (!outputs.ok) return outputs;
  const logit = floatOutput(outputs.value, 'fibrillation', 1);
  return logit.ok ? ok(logit.value[0]!) : logit;
}

/** `signal` and `inside`, [1, samples]: zeros beyond the strip's end. */
function stripInputs(lead: Float32Array): Tensors {
  const dims = [1, Math.ceil(lead.length / STRIDE) * STRIDE];
  const signal = new Float32Array(dims[1]!);
  signal.set(lead);
  const inside = new Float32Array(dims[1]!).fill(1, 0, lead.length);
  return {
    signal: { type: 'float32', dims, data: signal },
    inside: { type: 'float32', dims, data: inside },
  };
}
