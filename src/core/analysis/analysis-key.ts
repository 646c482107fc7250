import { createHash } from 'node:crypto';
import { modelSha256 } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';
import type { AnalysisKey } from '../review/store/types';

/** Raised when the same input and model would give another result because our own code changed. */
export const ANALYSIS_VERSION = 21;

/** What decides a result, so that equal keys need no second run. */
export function analysisKey(
  contentHash: string,
  model: ModelFiles,
  lead: number | null,
): AnalysisKey {
  const { threshold, referBand } = model.card;
  return {
    contentHash,
    modelSha256: modelSha256(model),
    parameters: JSON.stringify({
      analysis: ANALYSIS_VERSION,
      model: `${model.card.id} ${model.card.version}`,
      lead,
      grid: 'flush',
      threshold: threshold.value,
      referBand,
    }),
  };
}

/** Stable over restarts: reviews hang on it. */
export function analysisIdOf(key: AnalysisKey): string {
  return createHash('sha256')
    .update(`${key.contentHash}\0${key.modelSha256}\0${key.parameters}`)
    .digest('hex')
    .slice(0, 32);
}
