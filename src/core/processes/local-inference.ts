import { join } from 'node:path';
import { dataDirectory } from '../base/data-dir';
import type { Inference } from '../inference/types';
import type { Pool } from '../workers/types';
import { entryPath, projectDir } from './entries';
import { createMachineInference } from './machine-inference';
import { forkNode } from './node-channel';
import { endedWhenStopped } from './stopped-watch';

/** For a host that runs the service in its own process, as the CLI does: inference is still one of its own. */
export function createLocalInference(pool: Pool, onCrash?: (reason: string) => void): Inference {
  const entry = entryPath('inference');
  return createMachineInference({
    spawn: () => endedWhenStopped(forkNode(entry, { quiet: true })),
    pool,
    dataDir: dataDirectory(),
    demoPath: join(projectDir(), 'resources', 'demo', 'demo.hea'),
    // A command has work from its start to its end.
    tryWhenIdle: false,
    onCrash,
  });
}
