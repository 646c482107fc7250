import { SHAPE_FEATURES, shapeFeatures } from './qrs-candidate-features';
import type { Evidence } from './qrs-evidence';
import { RHYTHM_FEATURES, rhythmFeatures } from './qrs-rhythm-features';
import { RHYTHM_WEIGHTS, SHAPE_WEIGHTS, type LogisticWeights } from './qrs-weights';

const RHYTHM_PASSES = 2;

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
  for (let k = 0; k < count; k++)
    probability[k] = logistic(SHAPE_WEIGHTS.bias + dot(SHAPE_WEIGHTS, 0, shape, k, shapeWidth));
  for (let pass = 0; pass < RHYTHM_PASSES; pass++) {
    const accepted = Uint8Array.from(probability, (p) => (p > 0.5 ? 1 : 0));
    const rhythm = rhythmFeatures(evidence.candidates, accepted);
    for (let k = 0; k < count; k++)
      probability[k] = logistic(
        RHYTHM_WEIGHTS.bias +
          dot(RHYTHM_WEIGHTS, 0, shape, k, shapeWidth) +
          dot(RHYTHM_WEIGHTS, shapeWidth, rhythm, k, rhythmWidth),
      );
  }
  return probability;
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
