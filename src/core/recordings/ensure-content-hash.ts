import { METHODS } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import type { Pool } from '../workers/types';
import { whileUnchanged } from './fingerprint';
import type { Library } from './library';
import { hashTask } from './hash-task';

/**
 * Content hash of a recording, from the store where its files have not changed since, else computed by a
 * worker and kept.
 * @returns `conflict` where the files changed while they were read
 */
export async function ensureContentHash(
  library: Library,
  pool: Pool,
  recordingId: string,
  opened: OpenRecording,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const recording = library.find(recordingId);
  if (!recording.ok) return recording;
  library.describe(recordingId, opened);
  const { contentHash, fingerprint: before } = recording.value;
  const hashed = await whileUnchanged(opened, async (stamp) => {
    if (contentHash !== null && before === stamp) return ok({ hash: contentHash, stamp });
    const hash = await pool.run(
      hashTask,
      { path: opened.path, files: [...opened.files] },
      { lane: METHODS['analysis.start'].lane, ...(signal ? { signal } : {}) },
    );
    return hash.ok ? ok({ hash: hash.value, stamp }) : hash;
  });
  if (!hashed.ok) return hashed;
  const { hash, stamp } = hashed.value;
  if (before !== stamp) library.update(recordingId, { contentHash: hash, fingerprint: stamp });
  return ok(hash);
}
