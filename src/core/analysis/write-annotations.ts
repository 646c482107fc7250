import { dirname } from 'node:path';
import type { Handlers } from '../../shared/contract';
import { applyBeatEdits, ok } from '../../shared/domain';
import { fidAnnotations } from '../beats/fid-annotations';
import { annotationClock } from '../recordings/annotation-clock';
import { writeAnnotationFile } from '../beats/write-annotation-file';
import type { Documents } from '../base/documents';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import { beatEditsOf, decisionsOf } from '../review/review-state';
import type { Trail } from '../review/trail';
import type { Store } from '../review/store/types';
import { noSuchAnalysis } from './jobs';

export interface WriteAnnotationsDependencies {
  readonly library: Library;
  readonly recordings: RecordingCache;
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
  recordings,
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
      const { name } = recording.value;
      const replay = trail.replay(analysisId);
      const { segments, episodes, beats } = analysis.result;
      const made = await recordings.use(recording.value.path, async (opened) => {
        const clock = annotationClock(opened);
        const content = {
          beats: applyBeatEdits(beats, beatEditsOf(replay)),
          episodes,
          segments,
          decisions: [...decisionsOf(replay).values()],
        };
        return ok({
          annotations: fidAnnotations(content, clock),
          timeResolutionHz: clock.timeResolutionHz,
        });
      });
      if (!made.ok) return made;
      const suggestedName = `${name}.${ANNOTATOR}`;
      const reserved = await documents.reserve(suggestedName);
      if (!reserved.ok) return reserved;
      const { documentId, path } = reserved.value;
      const written = await writeAnnotationFile(made.value.annotations, {
        timeResolutionHz: made.value.timeResolutionHz,
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
