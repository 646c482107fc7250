import type { Inference } from '../inference/types';

/** Name of the execution provider for a status: `auto` until the inference process has chosen one. */
export function createProviderName(inference: Inference): () => string {
  let name = 'auto';
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      void inference.devices().then((devices) => {
        if (devices.ok) name = devices.value.find(({ chosen }) => chosen)?.provider ?? name;
      });
    }
    return name;
  };
}
