import { basename, extname } from 'node:path';
import type { Admitted } from '../../shared/contract';
import { ok, type RecordingAbout, type RecordingEntry, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { AnalysisSummary, Store, StoredRecording } from '../review/store/types';
import { findRecords } from './find-records';
import { recordingIdOf, sourceIdOf } from '../base/recording-id';
import { folderOf, recordingAbout } from './recording-info';
import type { OpenRecording } from '../formats/open-recording';

/** What is going on with a recording in this run; what was finished earlier is in the store. */
export interface ActivityOf {
  (recordingId: string): Pick<RecordingEntry, 'state' | 'progress' | 'message' | 'said'> | null;
}

/** The worklist: every recording that was brought in, and where it lies. The only map from ids to paths. */
export interface Library {
  entries(): RecordingEntry[];
  find(recordingId: string): Result<StoredRecording>;
  update(recordingId: string, change: Partial<StoredRecording>): void;
  /** Keeps what the worklist says of an opened recording. */
  describe(recordingId: string, opened: OpenRecording): void;
  admit(paths: readonly string[]): Promise<Result<Admitted>>;
  /** Lists a recording that was found already. */
  add(path: string): void;
  /**
   * Path that a source id was handed out for. Waits for what is being admitted: an engine that was started again is told its
   * folders first, and may be asked for one before it has looked through them.
   */
  source(sourceId: string): Promise<Result<string>>;
}

/** Problems that one answer tells. */
const MOST_TOLD = 20;

/** What is known of recordings without opening them. */
interface Known {
  readonly analyses: ReadonlyMap<string, AnalysisSummary>;
  readonly abouts: ReadonlyMap<string, RecordingAbout>;
  readonly unread: ReturnType<Store['unread']>;
}

export interface LibraryOptions {
  readonly store: Store;
  readonly activityOf: ActivityOf;
  readonly onChange: () => void;
}

function entryOf(
  recording: StoredRecording,
  { analyses, abouts, unread }: Known,
  now: ReturnType<ActivityOf>,
): RecordingEntry {
  const { recordingId, name, folder, synthetic, openedAtMs } = recording;
  const latest = recording.contentHash ? analyses.get(recording.contentHash) : undefined;
  const why = unread.get(recordingId);
  const activity = now ?? (why ? { state: 'failed' as const, progress: 0, ...why } : null);
  const told = activity?.message ? activity : latest?.damage;
  const entry: RecordingEntry = {
    ...{ recordingId, name, folder, synthetic, openedAtMs },
    state: activity?.state ?? (latest ? 'analysed' : 'not-analysed'),
    progress: activity?.progress ?? (latest ? 1 : 0),
    flagged: latest?.flagged ?? 0,
    decided: latest?.decided ?? 0,
    needReader: latest?.needReader ?? null,
    about: abouts.get(recordingId) ?? null,
    figures: latest?.figures ?? null,
    message: told?.message ?? null,
  };
  // Spread into each of ten thousand, what few have costs as much as all the rest.
  if (told?.said) entry.said = told.said;
  if (latest?.isReviewedEarlier === true) entry.isReviewedEarlier = true;
  return entry;
}

export function createLibrary({ store, activityOf, onChange }: LibraryOptions): Library {
  const sources = new Map<string, string>();
  const admitting = new Set<Promise<unknown>>();

  const lineOf = (recording: StoredRecording, known: Known): RecordingEntry =>
    entryOf(recording, known, activityOf(recording.recordingId));
  const knownNow = (): Known => ({
    analyses: store.latestAnalyses(),
    abouts: store.abouts(),
    unread: store.unread(),
  });

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
      const known = knownNow();
      return store
        .recordings()
        .filter((recording) => recording.listed)
        .map((recording) => lineOf(recording, known));
    },

    find(recordingId) {
      const recording = store.recording(recordingId);
      return recording ? ok(recording) : errSaid('not-found', 'failures.notOnWorklist');
    },

    update(recordingId, change) {
      const recording = store.recording(recordingId);
      if (!recording) return;
      store.putRecording({ ...recording, ...change });
      onChange();
    },

    describe(recordingId, opened) {
      store.putAbout(recordingId, recordingAbout(opened));
    },

    async admit(given) {
      const looking = findRecords(given).finally(() => admitting.delete(looking));
      admitting.add(looking);
      const found = await looking;
      if (!found.ok) return found;
      const { paths, folders, problems } = found.value;
      const problem = problems[0];
      if (paths.length === 0 && problem) return { ok: false, error: problem };
      if (paths.length === 0) {
        return errSaid('not-found', 'failures.noRecordingIn', { paths: given.join(', ') });
      }
      const known = knownNow();
      const entries = paths.map((path) => lineOf(list(path), known));
      for (const folder of folders) sources.set(sourceIdOf(folder), folder);
      onChange();
      const leftOut = problem && { problems: problems.slice(0, MOST_TOLD) };
      return ok({ entries, sourceIds: folders.map(sourceIdOf), ...leftOut });
    },

    add(path) {
      list(path);
      onChange();
    },

    async source(sourceId) {
      if (!sources.has(sourceId)) await Promise.allSettled(admitting);
      const path = sources.get(sourceId);
      return path ? ok(path) : errSaid('not-found', 'failures.folderForgotten');
    },
  };
}
