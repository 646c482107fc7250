import type { Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import { againIfChanged } from './fingerprint';
import type { Library } from './library';
import type { RecordingCache } from './recording-cache';

export function annotationReadHandler(
  library: Library,
  recordings: RecordingCache,
): Pick<Handlers, 'annotations.read'> {
  return {
    async 'annotations.read'({ recordingId, annotator }) {
      const recording = library.find(recordingId);
      if (!recording.ok) return recording;
      return againIfChanged(() =>
        recordings.use(recording.value.path, async (opened) => {
          const read = await opened.annotations(annotator);
          if (!read.ok) return read;
          const { timeS, symbol, aux } = read.value;
          return ok({ annotator, timeS, symbol: [...symbol], aux: [...aux] });
        }),
      );
    },
  };
}
