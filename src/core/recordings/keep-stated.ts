import { ok, type Warning } from '../../shared/domain';
import { splitStated, statedPath, type Stated } from '../base/stated-path';
import { ofStatedNotUsed } from '../formats/shared/stated-not-used';
import type { StoredRecording } from '../review/store/types';
import type { Library } from './library';
import type { RecordingCache } from './recording-cache';

/**
 * Keeps with a recording of the worklist what a person states of it, as far as its file leaves it out: every window and
 * command opens it with that from then on. One that does not open all the same keeps nothing.
 * @returns warnings of what was stated in vain
 */
export async function keepStated(
  library: Library,
  recordings: RecordingCache,
  recordingId: string,
  stated: Stated,
): Promise<Warning[]> {
  const known = library.find(recordingId);
  if (!known.ok || Object.keys(stated).length === 0) return [];
  const { path } = known.value;
  const opened = await recordings.use(statedPath(path, stated), async (recording) =>
    ok({ path: recording.path, inVain: ofStatedNotUsed(recording.warnings) }),
  );
  if (!opened.ok) return [];
  const change = restated(path, opened.value.path);
  if (Object.keys(change).length > 0) library.update(recordingId, change);
  return opened.value.inVain;
}

/**
 * What changes of a recording's row once it was opened with something stated: only that is kept which the file leaves out.
 * @param known the path so far
 * @param opened the path of the open recording, with what of the statement counted
 */
export function restated(known: string, opened: string): Partial<StoredRecording> {
  const path = statedPath(known, splitStated(opened).stated ?? {});
  // Other values are another content: what was hashed and analysed before was not this.
  return path === known ? {} : { path, contentHash: null, fingerprint: null };
}
