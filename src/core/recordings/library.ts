import { basename, extname } from 'node:path';
import type { Admitted } from '../../shared/contract';
import { err, ok, type RecordingEntry, type Result } from '../../shared/domain';
import type { AnalysisSummary, Store, StoredRecording } from '../review/store/types';
import { findRecords } from './find-records';
import { recordingIdOf, sourceIdOf } from '../base/recording-id';
import { folderOf } from './recording-info';

/** What is going on with a recording in this run; what was finished earlier is in the store. */
export interface ActivityOf {
  (recordingId: string): Pick<RecordingEntry, 'state' | 'progress' | 'message'> | null;
}

/** The worklist: every recording that was brought in, and where it lies. The only map from ids to paths. */
export interface Library {
  entries(): RecordingEntry[];
  find(recordingId: string): Result<StoredRecording>;
  update(recordingId: string, change: Partial<StoredRecording>): void;
  admit(paths: readonly string[]): Promise<Result<Admitted>>;
  /** Path that a source id was handed out for. */
  source(sourceId: string): Result<string>;
}

export interface LibraryOptions {
  readonly store: Store;
  readonly activityOf: ActivityOf;
  readonly onChange: () => void;
}

export function createLibrary({ store, activityOf, onChange }: LibraryOptions): Library {
  const sources = new Map<string, string>();

  function entryOf(
    recording: StoredRecording,
    analyses: ReadonlyMap<string, AnalysisSummary>,
  ): RecordingEntry {
    const activity = activityOf(recording.recordingId);
    const latest = recording.contentHash ? analyses.get(recording.contentHash) : undefined;
    return {
      recordingId: recording.recordingId,
      name: recording.name,
      folder: recording.folder,
      synthetic: recording.synthetic,
      state: activity?.state ?? (latest ? 'analysed' : 'not-analysed'),
      progress: activity?.progress ?? (latest ? 1 : 0),
      flagged: latest?.flagged ?? 0,
      decided: latest?.decided ?? 0,
      needReader: latest?.needReader ?? null,
      message: activity?.message ?? latest?.damage ?? null,
      openedAtMs: recording.openedAtMs,
    };
  }

  function list(path: string): StoredRecording {
    const recordingId = recordingIdOf(path);
    const known = store.recording(recordingId);
    if (known?.listed) return known;
    const recording: StoredRecording = known
      ? { ...known, listed: true }
      : {
          recordingId,
          path,
          name: basename(path, extname(path)),
          folder: folderOf(path),
          synthetic: false,
          fingerprint: null,
          contentHash: null,
          openedAtMs: null,
          listed: true,
        };
    store.putRecording(recording);
    return recording;
  }

  return {
    entries() {
      const analyses = store.latestAnalyses();
      return store
        .recordings()
        .filter((recording) => recording.listed)
        .map((recording) => entryOf(recording, analyses));
    },

    find(recordingId) {
      const recording = store.recording(recordingId);
      return recording
        ? ok(recording)
        : err('not-found', 'This recording is not on the worklist; open its file again.');
    },

    update(recordingId, change) {
      const recording = store.recording(recordingId);
      if (!recording) return;
      store.putRecording({ ...recording, ...change });
      onChange();
    },

    async admit(given) {
      const found = await findRecords(given);
      if (!found.ok) return found;
      const { paths, folders, problems } = found.value;
      const problem = problems[0];
      if (paths.length === 0 && problem) return { ok: false, error: problem };
      if (paths.length === 0) {
        return err('not-found', `There is no recording in ${given.join(', ')}.`);
      }
      const analyses = store.latestAnalyses();
      const entries = paths.map((path) => entryOf(list(path), analyses));
      for (const folder of folders) sources.set(sourceIdOf(folder), folder);
      onChange();
      return ok({ entries, sourceIds: folders.map(sourceIdOf) });
    },

    source(sourceId) {
      const path = sources.get(sourceId);
      return path
        ? ok(path)
        : err('not-found', 'This folder is not known any more; pick it again.');
    },
  };
}
