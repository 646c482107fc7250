import type { Workbench } from '../../core/workbench';
import type { Pool } from '../../core/workers/types';
import { dataDirectory, removeTemporaryFolder, temporaryFolder } from '../../core/host';
import { createService, type Service } from '../../core/service';
import type { AnalysisStatus, RecordingEntry, Result } from '../../shared/domain';
import { err, ok } from '../../shared/domain';
import { statedOf, type StatedOptions } from './analysis-options';
import { createProgress, durationText } from './progress';
import { version } from './version';
import { warn } from './warn';
import { adoptedDir, modelsDir, withWorkbench } from './workbench';

export interface WithServiceOptions {
  /** Analyses at work at a time. */
  readonly analysesAtATime?: number;
  /**
   * `must` (default): without the store there is nothing to do. `may`: where it cannot be opened that is said, and the
   * work goes on without. `no`: nothing is read from it and nothing kept.
   */
  readonly store?: 'must' | 'may' | 'no';
  /** Threads that were started before; they are closed at the end. */
  readonly pool?: Pool;
}

/** The service in this process, on the same store as the viewer. */
export function withService<T>(
  work: (service: Service) => Promise<Result<T>>,
  { analysesAtATime, store = 'must', pool }: WithServiceOptions = {},
): Promise<Result<T>> {
  return withWorkbench(
    async (bench) => {
      const open = (dataDir: string): Promise<Result<Service>> =>
        serviceOn(bench, dataDir, analysesAtATime);
      const kept = store === 'no' ? null : await open(dataDirectory());
      if (kept?.ok) return closing(kept.value, work);
      if (kept && store === 'must') return kept;
      if (kept) console.error(`fiducial: ${kept.error.message} What is found is not kept.`);
      // Of a process that is killed, the next one takes it away.
      const dataDir = await temporaryFolder('store');
      try {
        const service = await open(dataDir);
        return service.ok ? await closing(service.value, work) : service;
      } finally {
        await removeTemporaryFolder(dataDir);
      }
    },
    'reader',
    pool,
  );
}

/** The service on a store of a folder's, with the threads and processes of a workbench. */
export function serviceOn(
  { pool, inference }: Workbench,
  dataDir: string,
  analysesAtATime: number | undefined,
): Promise<Result<Service>> {
  return createService({
    pool,
    inference,
    dataDir,
    modelsDir: modelsDir(),
    adoptedDir: adoptedDir(),
    host: 'cli',
    version: version(),
    emit: () => undefined,
    ...(analysesAtATime === undefined ? {} : { analysesAtATime }),
  });
}

async function closing<T>(
  service: Service,
  work: (service: Service) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}

/** The entry of one record named on the command line. */
export async function admitOne(
  service: Service,
  path: string,
  options: StatedOptions,
): Promise<Result<RecordingEntry>> {
  const admitted = await service.admit([path], statedOf(options));
  if (!admitted.ok) return admitted;
  const { entries, inVain } = admitted.value;
  if (entries.length === 1) warn(entries[0]!.name, inVain);
  return entries.length === 1
    ? ok(entries[0]!)
    : err('bad-input', `${path} holds ${entries.length} records; name one of them.`);
}

export interface AnalyseOptions {
  readonly model?: string;
  readonly lead?: number;
}

/** Analyses a record, or finds the stored analysis; progress goes to stderr, and what is odd about how it was read. */
export async function analyse(
  service: Service,
  { recordingId, name }: Pick<RecordingEntry, 'recordingId' | 'name'>,
  { model, lead }: AnalyseOptions,
  signal: AbortSignal,
): Promise<Result<AnalysisStatus>> {
  const progress = createProgress();
  const status = await service.complete(recordingId, {
    modelId: model ?? null,
    lead: lead ?? null,
    signal,
    onProgress({ segmentsDone, segmentsTotal, remainingS }) {
      const left = remainingS === null ? '' : `, ${durationText(remainingS)} left`;
      progress.update(`analysing: ${segmentsDone} of ${segmentsTotal} segments${left}`);
    },
  });
  progress.end();
  if (status.ok) warn(name, status.value.warnings ?? []);
  return status;
}
