import { createInference } from '../inference/client';
import { createReplicas, replicaCount } from '../inference/replicas';
import type { Inference } from '../inference/types';
import { entryPath } from './entries';
import { forkNode } from './node-channel';

/** For a host that runs the service in its own process, as the CLI does: inference is still one of its own. */
export function createLocalInference(onCrash?: (reason: string) => void): Inference {
  const entry = entryPath('inference');
  return createReplicas(replicaCount(), ({ accelerate }) =>
    createInference({
      spawn: () => forkNode(entry, { quiet: true }),
      accelerate,
      ...(onCrash ? { onCrash } : {}),
    }),
  );
}
