import { join } from 'node:path';
import { createModels, type Models } from '../../core/analysis/models';
import type { Inference } from '../../core/inference/types';
import { entryPath, projectDir } from '../../core/processes/entries';
import { createLocalInference } from '../../core/processes/local-inference';
import { createRecordingCache, type RecordingCache } from '../../core/recordings/recording-cache';
import { openRecording } from '../../core/formats/list';
import { createPool } from '../../core/workers/pool';
import type { Pool } from '../../core/workers/types';

/** What a command needs to analyse records without keeping anything. */
export interface Workbench {
  readonly pool: Pool;
  readonly inference: Inference;
  readonly models: Models;
  readonly recordings: RecordingCache;
}

/** Models that were installed with Fiducial, or those of `FIDUCIAL_MODELS`. */
export function modelsDir(): string {
  return process.env['FIDUCIAL_MODELS'] ?? join(projectDir(), 'resources', 'models');
}

/** Starts worker threads and the inference process, runs `work`, and ends them whatever happens. */
export async function withWorkbench<T>(work: (bench: Workbench) => Promise<T>): Promise<T> {
  const pool = createPool({ entry: entryPath('worker') });
  const bench: Workbench = {
    pool,
    inference: createLocalInference(pool, (reason) =>
      console.error(`fiducial: the inference process ended (${reason}) and is started again.`),
    ),
    models: createModels(modelsDir(), () => null),
    recordings: createRecordingCache(openRecording),
  };
  try {
    return await work(bench);
  } finally {
    await bench.recordings.close();
    await bench.inference.close();
    await bench.pool.close();
  }
}
