import { existsSync } from 'node:fs';
import path from 'node:path';
import { analyseRecord } from '../../src/core/analysis/analyse-record';
import { loadModels } from '../../src/core/inference/load-models';
import { entryPath, projectDir } from '../../src/core/processes/entries';
import { createLocalInference } from '../../src/core/processes/local-inference';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { openRecording } from '../../src/core/formats/list';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import { createPool } from '../../src/core/workers/pool';
import type { BeatColumns } from '../../src/shared/domain';

export interface NetworkRun {
  /** Analyses a record from opening it to its last verdict. @param file path of its header */
  run(file: string): Promise<{ segments: number; beats: BeatColumns }>;
  close(): Promise<void>;
}

/**
 * A model as the product runs it: worker threads prepare its input, the inference process runs the graph.
 * @returns why it cannot be measured here, where it cannot
 */
export async function openNetworkRun(
  modelId: string,
  modelsDir = path.join(projectDir(), 'resources/models'),
): Promise<NetworkRun | string> {
  if (!existsSync(path.join(projectDir(), 'out/main/inference.js'))) {
    return 'the inference process is not built: run "npm run build"';
  }
  const models = await loadModels(modelsDir);
  if (!models.ok) return models.error.message;
  const model = models.value.models.find(({ card }) => card.id === modelId);
  if (!model) return `model missing: ${modelsDir} has no ${modelId}`;
  const pool = createPool({ entry: entryPath('worker') });
  const inference = createLocalInference(pool);
  const recordings = createRecordingCache(openRecording);
  return {
    async run(file) {
      const analysed = await analyseRecord({
        path: file,
        model,
        lead: null,
        recordings,
        pool,
        inference,
        settings: () => OUR_SETTINGS,
        signal: new AbortController().signal,
      });
      if (!analysed.ok) throw new Error(analysed.error.message);
      const { segments, beats } = analysed.value.result;
      return { segments: segments.length, beats };
    },
    async close() {
      await recordings.close();
      await inference.close();
      await pool.close();
    },
  };
}
