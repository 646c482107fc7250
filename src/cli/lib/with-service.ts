import { dataDirectory } from '../../core/base/data-dir';
import { createService } from '../../core/service';
import type { Service } from '../../core/service-types';
import type { AnalysisStatus, RecordingEntry, Result } from '../../shared/domain';
import { err, ok } from '../../shared/domain';
import { createProgress, durationText } from './progress';
import { version } from './version';
import { modelsDir, withWorkbench } from './workbench';

/** The service in this process, on the same store as the viewer. */
export function withService<T>(work: (service: Service) => Promise<Result<T>>): Promise<Result<T>> {
  return withWorkbench(async ({ pool, inference }) => {
    const service = await createService({
      pool,
      inference,
      dataDir: dataDirectory(),
      modelsDir: modelsDir(),
      host: 'cli',
      version: version(),
      emit: () => undefined,
    });
    if (!service.ok) return service;
    try {
      return await work(service.value);
    } finally {
      await service.value.close();
    }
  });
}

/** The entry of one record named on the command line. */
export async function admitOne(service: Service, path: string): Promise<Result<RecordingEntry>> {
  const admitted = await service.admit([path]);
  if (!admitted.ok) return admitted;
  const { entries } = admitted.value;
  return entries.length === 1
    ? ok(entries[0]!)
    : err('bad-input', `${path} holds ${entries.length} records; name one of them.`);
}

const POLL_MS = 100;

/** Analyses a record, or finds the stored analysis; progress goes to stderr. */
export async function analyse(
  service: Service,
  recordingId: string,
  modelId: string | null,
  signal: AbortSignal,
): Promise<Result<AnalysisStatus>> {
  const progress = createProgress();
  const { handlers } = service;
  let status = await handlers['analysis.start']({ recordingId, modelId, lead: null }, { signal });
  while (status.ok && (status.value.state === 'queued' || status.value.state === 'running')) {
    const { analysisId, segmentsDone, segmentsTotal, remainingS } = status.value;
    if (signal.aborted) {
      await handlers['analysis.cancel']({ analysisId }, { signal });
      return err('cancelled', 'The analysis was stopped.');
    }
    const left = remainingS === null ? '' : `, ${durationText(remainingS)} left`;
    progress.update(`analysing: ${segmentsDone} of ${segmentsTotal} segments${left}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    status = await handlers['analysis.status']({ analysisId }, { signal });
  }
  progress.end();
  if (status.ok && status.value.state !== 'done') {
    return err('inference-failed', status.value.message ?? 'The analysis did not finish.');
  }
  return status;
}
