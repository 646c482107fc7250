import { existsSync } from 'node:fs';
import path from 'node:path';
import { analyseRecord } from '../../src/core/analysis/analyse-record';
import { loadModels } from '../../src/core/inference/load-models';
import { entryPath, projectDir } from '../../src/core/processes/entries';
import { createLocalInference } from '../../src/core/processes/local-inference';
import { createReaderCache } from '../../src/core/recordings/reader-cache';
import { openRecord } from '../../src/core/formats/wfdb';
import { createPool } from '../../src/core/workers/pool';

export interface NetworkRun {
  /** Analyses the record from opening it to its last verdict. */
  run(): Promise<{ segments: number }>;
  close(): Promise<void>;
}

/**
 * A model as the product runs it: worker threads prepare its input, the inference process runs the graph.
 * @returns why it cannot be measured here, where it cannot
 */
export async function openNetworkRun(
  headerPath: string,
  modelId: string,
): Promise<NetworkRun | string> {
  if (!existsSync(path.join(projectDir(), 'out/main/inference.js'))) {
    return 'the inference process is not built: run "npm run build"';
  }
  const models = await loadModels(path.join(projectDir(), 'resources/models'));
  if (!models.ok) return models.error.message;
  const model = models.value.models.find(({ card }) => card.id === modelId);
  if (!model) return `model missing: resources/models has no ${modelId}`;
  const pool = createPool({ entry: entryPath('worker') });
  const inference = createLocalInference(pool);
  const readers = createReaderCache(openRecord);
  return {
    async run() {
      const analysed = await analyseRecord({
        headerPath,
        model,
        lead: null,
        readers,
        pool,
        inference,
        signal: new AbortController().signal,
      });
      if (!analysed.ok) throw new Error(analysed.error.message);
      return { segments: analysed.value.result.segments.length };
    },
    async close() {
      await readers.close();
      await inference.close();
      await pool.close();
    },
  };
}
