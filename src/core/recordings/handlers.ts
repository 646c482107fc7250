import type { Handlers } from '../../shared/contract';
import { ok, type Failure } from '../../shared/domain';
import type { StoredRecording } from '../review/store/types';
import { statedPath } from '../base/stated-path';
import { againIfChanged } from './fingerprint';
import { restated } from './keep-stated';
import type { Library } from './library';
import type { RecordingCache } from './recording-cache';
import { recordingInfo } from './recording-info';

type Names = 'recordings.list' | 'recordings.open' | 'recordings.close' | 'recordings.forget';

interface Followers {
  /** Told of a recording, as it was known before. */
  onOpened(recording: StoredRecording): void;
}

/** @param noteFailure told why a recording cannot be read, so that the worklist says so */
export function recordingHandlers(
  library: Library,
  recordings: RecordingCache,
  noteFailure: (recordingId: string, failure: Failure) => void,
  { onOpened }: Followers,
): Pick<Handlers, Names> {
  return {
    async 'recordings.list'() {
      return ok({ entries: library.entries() });
    },

    async 'recordings.open'({ recordingId, stated }) {
      const recording = library.find(recordingId);
      if (!recording.ok) return recording;
      const { path: known } = recording.value;
      let change: ReturnType<typeof restated> = {};
      const info = await againIfChanged(() =>
        recordings.use(stated ? statedPath(known, stated) : known, async (opened) => {
          const of = await recordingInfo(opened);
          library.describe(recordingId, opened);
          if (stated) change = restated(known, opened.path);
          return ok(of);
        }),
      );
      if (!info.ok) {
        noteFailure(recordingId, info.error);
        return info;
      }
      library.update(recordingId, {
        openedAtMs: Date.now(),
        listed: true,
        name: info.value.name,
        synthetic: info.value.synthetic,
        ...change,
      });
      onOpened(recording.value);
      return info;
    },

    async 'recordings.close'({ recordingId }) {
      const recording = library.find(recordingId);
      if (recording.ok) await recordings.drop(recording.value.path);
      return ok({});
    },

    async 'recordings.forget'({ recordingId }) {
      library.update(recordingId, { listed: false });
      return ok({});
    },
  };
}
