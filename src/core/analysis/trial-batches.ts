import { err, type Result } from '../../shared/domain';
import { openRecord } from '../formats/wfdb';
import type { ModelFiles, TrialBatch } from '../inference/types';
import { createReaderCache } from '../recordings/reader-cache';
import type { Pool } from '../workers/types';
import { analyserOf } from './analysers';

/**
 * What each model's execution providers are tried with: the first batch of an analysis of one recording.
 * @param headerPath of a recording that is always there, as the demo is
 */
export function createTrialBatches(
  headerPath: string,
  pool: Pool,
): (model: ModelFiles) => Promise<Result<TrialBatch>> {
  return async (model) => {
    const analyser = analyserOf(model.card.kind);
    if (!analyser)
      return err('unsupported', `Models of kind ${model.card.kind} are not supported.`);
    const readers = createReaderCache(openRecord);
    const { signal } = new AbortController();
    try {
      return await readers.use(headerPath, (reader) =>
        analyser.trial({ reader, model, lead: null, pool, signal }),
      );
    } finally {
      await readers.close();
    }
  };
}
