import { createRecordingCache, type RecordingCache } from './recording-cache';
import { openWithinRoot } from './within-root';

let recordings: RecordingCache | null = null;

/** The readers of this thread: tasks on the same record do not open it again. */
export function workerRecordings(): RecordingCache {
  recordings ??= createRecordingCache(openWithinRoot);
  return recordings;
}
