import { ok, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import type { Pool } from '../workers/types';
import { fingerprint } from './fingerprint';
import type { Library } from './library';
import { hashTask } from './hash-task';

/**
 * Content hash of a recording, from the store where its files have not changed since, else computed by a
 * worker and kept.
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
  const now = await fingerprint(opened.files);
  if (!now.ok) return now;
  const { contentHash, fingerprint: before } = recording.value;
  if (contentHash !== null && before === now.value) return ok(contentHash);
  const hash = await pool.run(
    hashTask,
    { path: opened.path, files: [...opened.files] },
    { lane: 'bulk', ...(signal ? { signal } : {}) },
  );
  if (hash.ok) {
    library.update(recordingId, { contentHash: hash.value, fingerprint: now.value });
  }
  return hash;
}
