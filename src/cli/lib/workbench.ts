import { join } from 'node:path';
import { dataDirectory, projectDir } from '../../core/host';
import { storedThresholds } from '../../core/service';
import { createWorkbench, type Workbench } from '../../core/workbench';

/** Models that were installed with Fiducial, or those of `FIDUCIAL_MODELS`. */
export function modelsDir(): string {
  return process.env['FIDUCIAL_MODELS'] ?? join(projectDir(), 'resources', 'models');
}

/** A workbench that says on standard error what becomes of its processes. */
export function openWorkbench(): Workbench {
  return createWorkbench(
    modelsDir(),
    () => storedThresholds(dataDirectory()),
    (reason) =>
      console.error(`fiducial: the inference process ended (${reason}) and is started again.`),
  );
}

/** Runs `work` with a workbench, and ends its threads and processes whatever happens. */
export async function withWorkbench<T>(work: (bench: Workbench) => Promise<T>): Promise<T> {
  const bench = openWorkbench();
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}
