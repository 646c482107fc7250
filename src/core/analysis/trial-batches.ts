import type { Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { openRecording } from '../formats/list';
import type { ModelFiles, TrialBatch } from '../inference/types';
import { createRecordingCache } from '../recordings/recording-cache';
import type { Pool } from '../workers/types';
import { analyserOf } from './analysers';

/**
 * What each model's execution providers are tried with: the first batch of an analysis of one recording.
 * @param path of a recording that is always there, as the demo is
 */
export function createTrialBatches(
  path: string,
  pool: Pool,
): (model: ModelFiles) => Promise<Result<TrialBatch>> {
  return async (model) => {
    const analyser = analyserOf(model.card.kind);
    if (!analyser)
      return errSaid('unsupported', 'files.kindNotSupported', { kind: model.card.kind });
    const recordings = createRecordingCache(openRecording);
    const { signal } = new AbortController();
    try {
      return await recordings.use(path, (recording) =>
        analyser.trial({ recording, model, lead: null, pool, signal }),
      );
    } finally {
      await recordings.close();
    }
  };
}
