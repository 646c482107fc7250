import { join } from 'node:path';
import { createTrialBatches } from '../analysis/trial-batches';
import type { Channel } from '../base/channel';
import { driverStamp } from '../inference/driver-stamp';
import { openInference } from '../inference/open-inference';
import { createTrialMemory } from '../inference/trial-memory';
import type { Inference } from '../inference/types';
import type { Pool } from '../workers/types';

export interface MachineInferenceOptions {
  readonly spawn: () => Channel;
  readonly pool: Pool;
  /** Where what was found of this machine's devices is kept. */
  readonly dataDir: string;
  /** Header of the recording that devices are tried with. */
  readonly demoPath: string;
  readonly tryWhenIdle: boolean;
  readonly onCrash?: ((reason: string) => void) | undefined;
}

/** Inference on this machine: with what was found of its devices before, and `FIDUCIAL_DEVICE` where it is set. */
export function createMachineInference(options: MachineInferenceOptions): Inference {
  const { spawn, pool, dataDir, demoPath, tryWhenIdle, onCrash } = options;
  return openInference({
    spawn,
    memory: createTrialMemory(join(dataDir, 'devices.json'), driverStamp),
    batchOf: createTrialBatches(demoPath, pool),
    tryWhenIdle,
    wanted: process.env['FIDUCIAL_DEVICE'] || 'auto',
    ...(onCrash ? { onCrash } : {}),
  });
}
