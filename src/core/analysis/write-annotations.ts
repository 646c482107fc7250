import { dirname } from 'node:path';
import type { Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { fidAnnotations } from '../beats/fid-annotations';
import { reportedEpisodes } from '../findings/rhythms';
import { annotationClock } from '../recordings/annotation-clock';
import { writeAnnotationFile } from '../beats/write-annotation-file';
import type { Documents } from '../base/documents';
import type { Readings } from '../review/readings';
import type { Analyses } from './analyses';

export interface WriteAnnotationsDependencies {
  readonly withFiles: Analyses['withFiles'];
  readonly finished: Analyses['finished'];
  readonly readings: Readings;
  readonly documents: Documents;
}

const ANNOTATOR = 'fid';

/**
 * Beats as the reader left them, rhythm and verdicts with decisions, as a WFDB annotation file. It is a document
 * for the person to keep where they like: nothing is written beside the recording.
 */
export function writeAnnotationsHandler({
  withFiles,
  finished,
  readings,
  documents,
}: WriteAnnotationsDependencies): Pick<Handlers, 'annotations.write'> {
  return {
    async 'annotations.write'({ analysisId, asker }, { signal }) {
      if (asker !== undefined && readings.isApart(analysisId, asker))
        return errSaid('conflict', 'failures.finishBeforeExport');
      const analysis = finished(analysisId);
      if (!analysis.ok) return analysis;
      readings.follow(analysisId);
      const reading = await readings.of(analysisId);
      if (!reading.ok) return reading;
      const { findings, segments, decisions, beats, calipers } = reading.value;
      const made = await withFiles(analysisId, signal, async (opened, { name }) => {
        const clock = annotationClock(opened);
        const content = {
          beats,
          episodes: reportedEpisodes(analysis.value.result.episodes, findings.findings),
          findings: findings.findings,
          segments,
          decisions,
          calipers,
          leads: opened.leads,
        };
        return ok({
          annotations: fidAnnotations(content, clock),
          timeResolutionHz: clock.timeResolutionHz,
          name,
        });
      });
      if (!made.ok) return made;
      const { name } = made.value;
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
