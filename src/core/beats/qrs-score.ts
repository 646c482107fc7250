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
  const count = evidence.candidates.length;
  const shape = shapeFeatures(evidence);
  const shapeWidth = SHAPE_FEATURES.length;
  const rhythmWidth = RHYTHM_FEATURES.length;
  const probability = new Float64Array(count);
  const doubtful = (k: number): boolean =>
    rise(evidence, evidence.candidates[k]!) < LEAST_RISE ||
    (shape[k * shapeWidth + QUALITY]! < POOR_QUALITY && shape[k * shapeWidth + SECOND]! < REPEATS);
  for (let k = 0; k < count; k++)
    probability[k] = logistic(SHAPE_WEIGHTS.bias + dot(SHAPE_WEIGHTS, 0, shape, k, shapeWidth));
  for (let pass = 0; pass < RHYTHM_PASSES; pass++) {
    const accepted = Uint8Array.from(probability, (p, k) => (p > 0.5 && !doubtful(k) ? 1 : 0));
    const rhythm = qrsRhythmFeatures(evidence.candidates, accepted);
    for (let k = 0; k < count; k++)
      probability[k] = logistic(
        RHYTHM_WEIGHTS.bias +
          dot(RHYTHM_WEIGHTS, 0, shape, k, shapeWidth) +
          dot(RHYTHM_WEIGHTS, shapeWidth, rhythm, k, rhythmWidth),
      );
  }
  return probability.map((p, k) => (doubtful(k) ? 0 : p));
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
