import { join } from 'node:path';
import { dataDirectory, projectDir } from '../../core/host';
import { createStoredSettings, MODELS_FOLDER } from '../../core/service';
import { createWorkbench, OUR_SETTINGS, type Workbench } from '../../core/workbench';
import type { Pool } from '../../core/workers/types';

/** Models that were installed with Fiducial, or those of `FIDUCIAL_MODELS`. */
export function modelsDir(): string {
  return process.env['FIDUCIAL_MODELS'] ?? join(projectDir(), 'resources', 'models');
}

/** Networks that a person adopted; none beside a folder that was named. */
export function adoptedDir(): string | null {
  return process.env['FIDUCIAL_MODELS'] ? null : join(dataDirectory(), MODELS_FOLDER);
}

/**
 * Whose settings decide answers: the reader's on this machine, as in the viewer, or nobody's, where the same is to be
 * answered on every machine.
 */
export type WhoseSettings = 'reader' | 'nobody';

/** A workbench that says on standard error what becomes of its processes. */
export function openWorkbench(whose: WhoseSettings = 'reader', pool?: Pool): Workbench {
  return createWorkbench(
    modelsDir(),
    adoptedDir(),
    whose === 'reader' ? createStoredSettings(dataDirectory()) : () => OUR_SETTINGS,
    (reason) =>
      console.error(`fiducial: the inference process ended (${reason}) and is started again.`),
    pool,
  );
}

/** Runs `work` with a workbench, and ends its threads and processes whatever happens. */
export async function withWorkbench<T>(
  work: (bench: Workbench) => Promise<T>,
  whose?: WhoseSettings,
  pool?: Pool,
): Promise<T> {
  const bench = openWorkbench(whose, pool);
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}
