import { ok } from '../../shared/domain';
import { splitStated, statedPath, type Stated } from '../base/stated-path';
import type { Library } from './library';
import type { RecordingCache } from './recording-cache';

/**
 * Keeps with a recording of the worklist what a person states of it, as far as its file leaves it out: every window and
 * command opens it with that from then on. One that does not open all the same keeps nothing.
 */
export async function keepStated(
  library: Library,
  recordings: RecordingCache,
  recordingId: string,
  stated: Stated,
): Promise<void> {
  const known = library.find(recordingId);
  if (!known.ok || Object.keys(stated).length === 0) return;
  const { path } = known.value;
  const opened = await recordings.use(statedPath(path, stated), async (recording) =>
    ok(splitStated(recording.path).stated),
  );
  if (!opened.ok || opened.value === null) return;
  const now = statedPath(path, opened.value);
  if (now === path) return;
  // Other values are another content: what was hashed and analysed before was not this.
  library.update(recordingId, { path: now, contentHash: null, fingerprint: null });
}
