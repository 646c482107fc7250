import { ok } from '../../../shared/domain';
import type { Database } from './sql';
import type { ListPages } from './list-pages';
import {
  putRecordingRow,
  RECORDING_COLUMNS,
  recordingOf,
  recordingsToList,
} from './recording-rows';
import { storeResult } from './store-failure';
import type { Store, StoredRecording } from './types';

/** The recordings of a store: read once, and again when another process has written. */
export function createKeptRecordings(
  database: Database,
  pages: ListPages,
): Pick<Store, 'recordings' | 'recording' | 'putRecording'> {
  const source = recordingsToList(database);
  let recordings = new Map<string, StoredRecording>();
  let recordingsVersion = -1;

  /** Kept, as a worklist of ten thousand is asked for again and again. */
  function keptRecordings(): ReadonlyMap<string, StoredRecording> {
    const version = database.foreignVersion();
    if (version !== recordingsVersion) {
      recordings = new Map();
      for (const recording of pages.all(source)) recordings.set(recording.recordingId, recording);
      recordingsVersion = version;
    }
    return recordings;
  }

  /** Recordings as they were last put where the store did not take them. */
  const unkept = new Map<string, StoredRecording>();
  const keepsRow = (recording: StoredRecording): boolean =>
    storeResult(() => ok(putRecordingRow(database, recording))).ok;

  return {
    recordings: () => [
      ...(unkept.size === 0
        ? keptRecordings()
        : new Map([...keptRecordings(), ...unkept])
      ).values(),
    ],
    recording(recordingId) {
      const own = unkept.get(recordingId);
      if (own) return own;
      const row = database.get(
        `SELECT ${RECORDING_COLUMNS} FROM recordings WHERE recording_id = ?`,
        [recordingId],
      );
      return row ? recordingOf(row) : null;
    },
    putRecording(recording) {
      // What a full, locked or read-only store does not take is still open here: reading goes on.
      if (keepsRow(recording)) unkept.delete(recording.recordingId);
      else unkept.set(recording.recordingId, recording);
      recordings.set(recording.recordingId, recording);
    },
  };
}
