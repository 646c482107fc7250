import { METHODS } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import type { StoredRecording } from '../review/store/types';
import type { Pool, TaskOptions } from '../workers/types';
import { whileUnchanged } from './fingerprint';
import type { Library } from './library';
import { hashTask } from './hash-task';

/**
 * Content hash of a recording, from the store where its files have not changed since, else computed by a
 * worker and kept. Of a path that was restated meanwhile nothing is kept: the row is about another content by now.
 * @param about the row whose path was opened, as it stood then
 * @returns `conflict` where the files changed while they were read
 */
export async function ensureContentHash(
  library: Library,
  pool: Pool,
  { recordingId, path }: Pick<StoredRecording, 'recordingId' | 'path'>,
  opened: OpenRecording,
  { signal, lane = METHODS['analysis.start'].lane }: Pick<TaskOptions, 'signal' | 'lane'> = {},
): Promise<Result<string>> {
  const recording = library.find(recordingId);
  if (!recording.ok) return recording;
  const isCurrent = (): boolean => {
    const now = library.find(recordingId);
    return now.ok && now.value.path === path;
  };
  // What the row says of another path's content says nothing of this.
  const { contentHash, fingerprint: before } = isCurrent()
    ? recording.value
    : { contentHash: null, fingerprint: null };
  if (isCurrent()) library.describe(recordingId, opened);
  const hashed = await whileUnchanged(opened, async (stamp) => {
    if (contentHash !== null && before === stamp) return ok({ hash: contentHash, stamp });
    const hash = await pool.run(
      hashTask,
      { path: opened.path, files: [...opened.files] },
      { lane, ...(signal ? { signal } : {}) },
    );
    return hash.ok ? ok({ hash: hash.value, stamp }) : hash;
  });
  if (!hashed.ok) return hashed;
  const { hash, stamp } = hashed.value;
  if (before !== stamp && isCurrent())
    library.update(recordingId, { contentHash: hash, fingerprint: stamp });
  return ok(hash);
}
