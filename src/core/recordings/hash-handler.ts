import type { Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import type { Pool } from '../workers/types';
import { ensureContentHash } from './ensure-content-hash';
import type { Library } from './library';
import type { RecordingCache } from './recording-cache';

/** The hash under which analyses and decisions of a recording are kept, for whoever compares files. */
export function hashHandler(
  library: Library,
  recordings: RecordingCache,
  pool: Pool,
): Pick<Handlers, 'recordings.hash'> {
  return {
    async 'recordings.hash'({ recordingId }, { signal }) {
      const recording = library.find(recordingId);
      if (!recording.ok) return recording;
      return recordings.use(recording.value.path, async (opened) => {
        const hash = await ensureContentHash(library, pool, recording.value, opened, { signal });
        return hash.ok ? ok({ sha256: hash.value }) : hash;
      });
    },
  };
}
