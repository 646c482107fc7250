import { extname } from 'node:path';
import { METHODS, type Handlers } from '../../shared/contract';
import { err, ok } from '../../shared/domain';
import type { Analyses } from '../analysis/handlers';
import type { Models } from '../analysis/models';
import type { Documents } from '../base/documents';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import { recordingInfo } from '../recordings/recording-info';
import { analysedSignal, type Readings } from '../review/readings';
import type { Store } from '../review/store/types';
import type { Pool } from '../workers/types';
import { readSettings } from '../settings/handlers';
import { planReport } from './plan-report';
import { putPdfInto } from './report-forms';
import { reportTask } from './report-task';

export interface ReportDependencies {
  readonly library: Library;
  readonly recordings: RecordingCache;
  readonly store: Store;
  readonly readings: Readings;
  readonly models: Models;
  readonly documents: Documents;
  readonly pool: Pool;
  readonly version: string;
  readonly attention: Analyses['attention'];
}

/** Makes the PDF of a finished analysis as a document: the host saves, downloads or shows it. */
export function reportHandlers(dependencies: ReportDependencies): Pick<Handlers, 'report.create'> {
  const { library, recordings, store, readings, models, documents, pool, version } = dependencies;
  return {
    async 'report.create'(
      { analysisId, paper, identity, reader, measureAttention = false, form = 'pdf' },
      context,
    ) {
      const analysis = store.analysis(analysisId);
      if (!analysis) {
        return err(
          'not-found',
          'A report needs a finished analysis; start it and wait for its end.',
        );
      }
      const recording = library.find(analysis.status.recordingId);
      if (!recording.ok) return recording;
      const model = await models.find(analysis.modelId);
      if (!model.ok) return model;
      const { path: source, name } = recording.value;
      const info = await recordings.use(source, async (opened) => ok(await recordingInfo(opened)));
      if (!info.ok) return info;

      const suggestedName = `${identity ? name : 'ecg'}-review.pdf`;
      const reserved = await documents.reserve(suggestedName);
      if (!reserved.ok) return reserved;
      const { documentId, path } = reserved.value;
      const reading = await readings.of(analysisId);
      if (!reading.ok) return reading;
      const job = await planReport(
        {
          recordingPath: source,
          filter: readSettings(store).filter,
          info: info.value,
          recordSha256: analysis.key.contentHash,
          card: model.value.card,
          modelSha256: analysis.key.modelSha256,
          threshold: analysis.status.threshold,
          reading: reading.value,
          namesBeats: analysedSignal(analysis.result, true).findsBeats,
          reader,
          createdAtMs: Date.now(),
          version,
          attention: (wanted) =>
            dependencies.attention(analysisId, wanted, measureAttention, context.signal),
        },
        { paper, identity },
        path,
      );
      if (!job.ok) return job;
      if (context.signal.aborted) return err('cancelled', 'The report is no longer wanted.');
      const written = await pool.run(reportTask, job.value, {
        lane: METHODS['report.create'].lane,
        signal: context.signal,
      });
      if (!written.ok) return written;
      if (form === 'pdf') {
        return documents.publish(documentId, path, { suggestedName, mediaType: 'application/pdf' });
      }
      const { data } = job.value;
      const { thresholds } = reading.value.findings;
      const put = await putPdfInto(form, path, { data, thresholds, identity });
      if (!put.ok) return put;
      const { file, mediaType } = put.value;
      return documents.publish(documentId, file, {
        suggestedName: suggestedName.replace(/\.pdf$/, extname(file)),
        mediaType,
      });
    },
  };
}
