import type { Inference } from './types';

/**
 * Name of the execution provider for a status: `auto` until the inference process has chosen one, which it does
 * when a model first runs.
 */
export function createProviderName(inference: Pick<Inference, 'provider'>): () => string {
  return () => inference.provider?.() ?? 'auto';
}
