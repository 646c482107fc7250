import { dirname } from 'node:path';
import type { Handlers } from '../../shared/contract';
import { applyBeatEdits, ok } from '../../shared/domain';
import { fidAnnotations } from '../beats/fid-annotations';
import { writeAnnotationFile } from '../beats/write-annotation-file';
import type { Documents } from '../base/documents';
import type { Library } from '../recordings/library';
import type { ReaderCache } from '../recordings/reader-cache';
import { beatEditsOf, decisionsOf } from '../review/review-state';
import type { Trail } from '../review/trail';
import type { Store } from '../review/store/types';
import { noSuchAnalysis } from './jobs';

export interface WriteAnnotationsDependencies {
  readonly library: Library;
  readonly readers: ReaderCache;
  readonly store: Store;
  readonly trail: Trail;
  readonly documents: Documents;
}

const ANNOTATOR = 'fid';

/**
 * Beats as the reader left them, rhythm and verdicts with decisions, as a WFDB annotation file. It is a document
 * for the person to keep where they like: nothing is written beside the recording.
 */
export function writeAnnotationsHandler({
  library,
  readers,
  store,
  trail,
  documents,
}: WriteAnnotationsDependencies): Pick<Handlers, 'annotations.write'> {
  return {
    async 'annotations.write'({ analysisId }) {
      const analysis = store.analysis(analysisId);
      if (!analysis) return noSuchAnalysis();
      const recording = library.find(analysis.status.recordingId);
      if (!recording.ok) return recording;
      const { headerPath, name } = recording.value;
      const replay = trail.replay(analysisId);
      const { segments, episodes, beats } = analysis.result;
      const annotations = await readers.use(headerPath, async ({ frameRateHz, frames }) =>
        ok(
          fidAnnotations(
            {
              beats: applyBeatEdits(beats, beatEditsOf(replay)),
              episodes,
              segments,
              decisions: [...decisionsOf(replay).values()],
            },
            frameRateHz,
            frames,
          ),
        ),
      );
      if (!annotations.ok) return annotations;
      const suggestedName = `${name}.${ANNOTATOR}`;
      const reserved = await documents.reserve(suggestedName);
      if (!reserved.ok) return reserved;
      const { documentId, path } = reserved.value;
      const written = await writeAnnotationFile(annotations.value, {
        directory: dirname(path),
        record: name,
        annotator: ANNOTATOR,
        overwrite: true,
      });
      if (!written.ok) return written;
      return documents.publish(documentId, written.value, {
        suggestedName,
        mediaType: 'application/octet-stream',
      });
    },
  };
}
