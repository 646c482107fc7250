import { SHAPE_FEATURES, shapeFeatures } from './qrs-candidate-features';
import { LEVEL_BLOCK } from './qrs-constants';
import type { Evidence } from './qrs-evidence';
import { RHYTHM_FEATURES, qrsRhythmFeatures } from './qrs-rhythm-features';
import { RHYTHM_WEIGHTS, SHAPE_WEIGHTS, type LogisticWeights } from './qrs-weights';

const RHYTHM_PASSES = 2;

/**
 * Where nothing stands out of the background there may be no heartbeat at all: noise from a lead that is off has
 * maxima too. There, only what repeats is a beat, as in a fast ventricular tachycardia without a baseline. Band-limited
 * noise stays below 2.4 times its background and a second-best likeness of 0.9 in 95 of 100 maxima.
 */
const POOR_QUALITY = Math.log(0.4 + 0.05);
const REPEATS = 0.9;
/** Below this the envelope does not rise and fall at all: mains alone. A sine-wave tachycardia of 280 per minute has 1.33. */
const LEAST_RISE = 1.3;
const QUALITY = SHAPE_FEATURES.indexOf('quality');
const SECOND = SHAPE_FEATURES.indexOf('secondSimilarity');

/**
 * Probability that each candidate is a QRS complex: first from its shape and size alone, then again with the
 * rhythm of those accepted.
 * @returns one value per candidate, 0 to 1
 */
export function scoreCandidates(evidence: Evidence): Float64Array {
  const { candidates } = evidence;
  const count = candidates.length;
  const shape = shapeFeatures(evidence);
  const probability = new Float64Array(count);
  const doubtful = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    probability[k] = shapeProbability(shape, k);
    doubtful[k] = isDoubtful(evidence, shape, k) ? 1 : 0;
  }
  const accepted = new Uint8Array(count);
  for (let pass = 0; pass < RHYTHM_PASSES; pass++) {
    for (let k = 0; k < count; k++) accepted[k] = probability[k]! > 0.5 && !doubtful[k] ? 1 : 0;
    const rhythm = qrsRhythmFeatures(candidates, accepted);
    for (let k = 0; k < count; k++) probability[k] = rhythmProbability(shape, rhythm, k);
  }
  for (let k = 0; k < count; k++) if (doubtful[k]) probability[k] = 0;
  return probability;
}

function shapeProbability(shape: Float64Array, k: number): number {
  return logistic(SHAPE_WEIGHTS.bias + dot(SHAPE_WEIGHTS, 0, shape, k, SHAPE_FEATURES.length));
}

function rhythmProbability(shape: Float64Array, rhythm: Float64Array, k: number): number {
  const width = SHAPE_FEATURES.length;
  return logistic(
    RHYTHM_WEIGHTS.bias +
      dot(RHYTHM_WEIGHTS, 0, shape, k, width) +
      dot(RHYTHM_WEIGHTS, width, rhythm, k, RHYTHM_FEATURES.length),
  );
}

function isDoubtful(evidence: Evidence, shape: Float64Array, k: number): boolean {
  if (rise(evidence, evidence.candidates[k]!) < LEAST_RISE) return true;
  const row = k * SHAPE_FEATURES.length;
  return shape[row + QUALITY]! < POOR_QUALITY && shape[row + SECOND]! < REPEATS;
}

/** Largest peak-to-background ratio of the leads around a sample. */
function rise({ leads }: Evidence, at: number): number {
  const block = Math.floor(at / LEVEL_BLOCK);
  let best = 0;
  for (const { levels } of leads)
    if (levels.peak[block]! > 0)
      best = Math.max(best, levels.peak[block]! / (levels.background[block]! + 1e-12));
  return best;
}

function dot(
  model: LogisticWeights,
  firstWeight: number,
  rows: Float64Array,
  row: number,
  width: number,
): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += model.weights[firstWeight + i]! * rows[row * width + i]!;
  return sum;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
