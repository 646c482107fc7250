import type { Inference } from '../inference/types';

const ASK_AGAIN_MS = 200;

/**
 * Name of the execution provider for a status: `auto` until the inference process has chosen one, which it does
 * when a model first runs.
 */
export function createProviderName(inference: Inference): () => string {
  let name: string | null = null;
  let askedMs = -Infinity;
  return () => {
    if (name === null && performance.now() - askedMs > ASK_AGAIN_MS) {
      askedMs = performance.now();
      void inference.devices().then((devices) => {
        if (devices.ok) name ??= devices.value.find(({ chosen }) => chosen)?.provider ?? null;
      });
    }
    return name ?? 'auto';
  };
}
