import { entryPath } from './entries';
import { createHost, type Host } from './host';
import type { EngineConfig } from './link';
import { forkNode } from './node-channel';

/** The host under plain Node: what `fiducial serve` and `fiducial open` put behind HTTP. */
export function createNodeHost(config: EngineConfig, onCrash?: (reason: string) => void): Host {
  const engine = entryPath('engine');
  const inference = entryPath('inference');
  return createHost({
    forkEngine: () => forkNode(engine),
    forkInference: () => forkNode(inference, { quiet: true }),
    config,
    ...(onCrash ? { onCrash } : {}),
  });
}
