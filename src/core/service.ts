import { join } from 'node:path';
import type { Admitted, Emit, Handlers } from '../shared/contract';
import { ok, type Result, type Warning } from '../shared/domain';
import type { Analyses } from './analysis/analyses';
import { createAnalyses } from './analysis/handlers';
import { createJobs } from './analysis/jobs';
import { measurementsHandler } from './analysis/measurements-handler';
import { createModels } from './analysis/models';
import { createReadiness } from './analysis/readiness';
import { createTeachings } from './analysis/teachings';
import { compareHandler, createNetworks } from './analysis/networks';
import { familyHandlers } from './analysis/families/handlers';
import { writeAnnotationsHandler } from './analysis/write-annotations';
import { appHandlers } from './analysis/app-handlers';
import type { Stated } from './base/stated-path';
import { coalesce } from './base/coalesce';
import { createDocuments, type DocumentFile, type Documents } from './base/documents';
import { createAdoptedModels, type AdoptedModels } from './inference/adopted-models';
import { convertHandlers } from './convert/handlers';
import { annotationReadHandler } from './recordings/annotation-handlers';
import { recordingHandlers } from './recordings/handlers';
import { hashHandler } from './recordings/hash-handler';
import { keepStated } from './recordings/keep-stated';
import { createLibrary } from './recordings/library';
import { recordingIdOf } from './base/recording-id';
import { createRecordingCache } from './recordings/recording-cache';
import { openWithinRoot } from './recordings/within-root';
import { createReports, type Reports } from './report/handlers';
import { reviewExchange, type ReviewExchange } from './review/exchange-review';
import { createReviews } from './review/handlers';
import { backupTask } from './review/backup-task';
import { trailOfPresent } from './review/present-trail';
import { createReadings } from './review/readings';
import { openSqliteStore } from './review/store/sqlite-store';
import { storeFailuresAsResults } from './review/store/store-failure';
import { formatHandlers } from './formats/handlers';
import { createFolderScans } from './scan/folder-scans';
import { createScanOne, type ScanOne } from './scan/scan-one';
import { createScanner } from './scan/scan-recordings';
import { createScanToFile, type ScanToFile } from './scan/scan-to-file';
import { readSettings, settingsHandlers } from './settings/handlers';
import { traceHandlers } from './traces/handlers';
import type { Inference } from './inference/types';
import type { Pool } from './workers/types';
import { createDatasetWriter, type WriteDataset } from './training-data/from-reviews';

// For the command that looks after the store itself.
export { agreementText, readsLine } from './report/reads-text';
export { backUp, backUpDated } from './review/store/backup-store';
export { checkStore } from './review/store/check-store';
export { connectStore, openDatabase } from './review/store/database';
export { keptText } from './review/store/open-sound';
export { repairStore } from './review/store/repair-store';
export { signedReportRows } from './review/store/signed-report-rows';
export { STORE_FILE, TEXT_TRAIL_FILE } from './review/store/store-files';
export { StoreFailure } from './review/store/store-failure';
export { eventsAfter, textLine } from './review/store/text-trail';

// For scans on a queue. The queue's library is loaded when one is opened.
export { endWithParent } from './queue/end-with-parent';
export { handBack, type HeldJob } from './queue/hand-back';
export { packRow, RecordingJob } from './queue/payload';
export { queueAddress, type QueueAddress } from './queue/queue-address';
export { openQueueAdmin, type QueuesStatus } from './queue/queue-admin';
export { PRIORITIES, queueScanner } from './queue/queue-scanner';
export { startQueueWorker } from './queue/queue-worker';
export { createStoredSettings } from './settings/stored-settings';
export { NOT_KEPT } from './scan/scan-recordings';
export { SCAN_FORMATS } from './scan/scan-to-file';

/** What the service needs from whoever hosts it; everything that starts a thread or process is injected. */
export interface ServiceDependencies {
  readonly pool: Pool;
  readonly inference: Inference;
  /** Where the store, settings and documents live; created when absent. */
  readonly dataDir: string;
  /** `resources/models`: ONNX files and their cards. */
  readonly modelsDir: string;
  /** Networks that a person adopted; by default the folder `models` in `dataDir`, null where only `modelsDir` counts. */
  readonly adoptedDir?: string | null;
  /** Header of a recording that is always there, to rehearse with; absent where nobody waits for first verdicts. */
  readonly demoPath?: string;
  readonly host: 'electron' | 'browser' | 'cli';
  readonly version: string;
  readonly emit: Emit;
  /** Analyses at work at a time; by default few, so that what a reader opens need not wait. */
  readonly analysesAtATime?: number;
}

type ExchangeOfReviews = ReviewExchange['service'];

/** The only public door of core: the contract's handlers, and what only a host may ask. */
export interface Service extends ExchangeOfReviews {
  readonly handlers: Handlers;
  /**
   * Brings paths into the worklist: `.hea` files, record names without an extension, or folders (searched
   * recursively for headers). Hosts call it with what a dialog, a drop or the command line gave.
   * @param stated of recordings whose files leave it out; kept with them
   */
  admit(
    paths: readonly string[],
    stated?: Stated,
  ): Promise<Result<Admitted & { readonly inVain: readonly Warning[] }>>;
  document(documentId: string): Promise<Result<DocumentFile>>;
  /** Puts a document where a person wants it, whole or not at all; it is no document any more then. */
  takeDocument: Documents['take'];
  /** Analyses a recording, or finds what is stored, and waits for the end: what is done then is done on this reading. */
  readonly complete: Analyses['complete'];
  readonly scanToFile: ScanToFile;
  readonly scanOne: ScanOne;
  readonly writeDataset: WriteDataset;
  /** Copies a model to where it can be looked at and adopted. @param from its folder or card */
  readonly addModel: AdoptedModels['add'];
  readonly prepareReport: Reports['prepare'];
  /** Waits for what is still being written, and closes the store. */
  close(): Promise<void>;
}

/** Of the application's data: networks that a person brought in. */
export const MODELS_FOLDER = 'models';
/** A worklist of a thousand records is asked for again this often at most. */
const CHANGED_INTERVAL_MS = 500;
/** The first seconds belong to what the reader opens. */
const BACKUP_AFTER_MS = 20_000;

/**
 * Puts the service together. It starts no thread or process of its own: those are among its dependencies, and
 * whoever made them closes them after the service.
 * @returns `not-writable` or `unsupported` when the store in `dataDir` cannot be opened
 */
export async function createService(dependencies: ServiceDependencies): Promise<Result<Service>> {
  const { pool, inference, dataDir, modelsDir, emit, analysesAtATime } = dependencies;
  const opened = openSqliteStore(dataDir);
  if (!opened.ok) return opened;
  const store = opened.value;
  const recordings = createRecordingCache(openWithinRoot, {
    onChanged: (path) => emit('recording.filesChanged', { recordingId: recordingIdOf(path) }),
  });
  const documents = createDocuments(dataDir);
  const { adoptedDir = join(dataDir, MODELS_FOLDER) } = dependencies;
  const adopted = createAdoptedModels(adoptedDir ?? join(dataDir, MODELS_FOLDER));
  const models = createModels(
    modelsDir,
    () => readSettings(store).modelId,
    adoptedDir === null ? null : adopted,
  );
  const networks = createNetworks(models, adopted);
  const changed = coalesce(() => emit('recordings.changed', {}), CHANGED_INTERVAL_MS);

  /** Counts of finished analyses that are still to be stored. */
  const counting = new Set<Promise<void>>();
  const jobs = createJobs({
    emit,
    onChange: changed,
    onFailure: (recordingId, failure) => store.putUnread(recordingId, failure),
    openings: () =>
      new Map(store.recordings().map((one) => [one.recordingId, one.openedAtMs ?? 0])),
    ...(analysesAtATime === undefined ? {} : { concurrency: analysesAtATime }),
  });
  const library = createLibrary({
    store,
    activityOf: (recordingId) => jobs.activityOf(recordingId),
    onChange: changed,
  });
  const analysis = createAnalyses({
    library,
    recordings,
    store,
    models,
    jobs,
    pool,
    inference,
    kept(analysisId) {
      const count = reviews
        .count(analysisId)
        .catch((cause: unknown) => console.error(cause))
        .finally(() => counting.delete(count));
      counting.add(count);
    },
  });
  const trail = trailOfPresent(store.trail, (analysisId) => analysis.isPresent(analysisId));
  const readings = createReadings({
    trail,
    analysis: (analysisId) => analysis.reviewed(analysisId),
    thresholds: () => readSettings(store).findings,
    secondReader: () => readSettings(store).secondReader,
    pool,
  });
  const teaching = createTeachings({
    store,
    models,
    reviewed: (analysisId) => analysis.reviewed(analysisId),
  });
  const reviews = createReviews({
    trail,
    readings,
    analysis: (analysisId) => analysis.reviewed(analysisId),
    putCounts: (analysisId, counts) => store.putCounts(analysisId, counts),
    teaching,
    changed(analysisId, sequence) {
      changed();
      emit('review.changed', { analysisId, sequence });
    },
  });

  const reports = createReports({
    withFiles: analysis.withFiles,
    finished: analysis.finished,
    store,
    trail,
    readings,
    models,
    documents,
    pool,
    version: dependencies.version,
    attention: analysis.attention,
    count: (analysisId) => reviews.count(analysisId),
  });
  const exchange = reviewExchange({
    finished: analysis.finished,
    trail,
    documents,
    readings,
    nameOf: (recordingId) => store.recording(recordingId)?.name ?? recordingId,
    count: (analysisId) => reviews.count(analysisId),
  });
  const scanner = createScanner({
    library,
    recordings,
    complete: analysis.complete,
    withFiles: analysis.withFiles,
    readings,
    teaching,
    documents,
    report: reports.handlers['report.create'],
  });
  const scans = createFolderScans({ library, recordings, models, scanner, emit });

  const { demoPath = null } = dependencies;
  const readiness = createReadiness({ models, inference, pool, demoPath });
  if (dependencies.host !== 'cli') readiness.begin();
  const backup = backUpLater(dependencies);
  const guarded = storeFailuresAsResults;
  return ok({
    handlers: guarded({
      ...scans.handlers,
      ...appHandlers(dependencies, models, networks),
      ...networks.handlers,
      ...compareHandler({ models, analyses: analysis, readings }),
      ...formatHandlers(),
      ...recordingHandlers(
        library,
        recordings,
        (recordingId, failure) => jobs.noteFailure(recordingId, failure),
        {
          onOpened({ contentHash }) {
            if (contentHash === null) readiness.now();
          },
        },
      ),
      ...convertHandlers({ library, documents, pool }),
      ...traceHandlers(library, recordings, pool),
      ...annotationReadHandler(library, recordings),
      ...hashHandler(library, recordings, pool),
      ...settingsHandlers(store, documents),
      ...analysis.handlers,
      ...measurementsHandler({
        withFiles: analysis.withFiles,
        readings,
        analysis: (analysisId) => analysis.reviewed(analysisId),
        pool,
      }),
      ...reports.handlers,
      ...reviews.handlers,
      ...familyHandlers({
        decide: reviews.handlers['review.decide'],
        pool,
        dataDir,
        emit,
        readings,
        reviewed: (analysisId) => analysis.reviewed(analysisId),
        withFiles: analysis.withFiles,
      }),
      ...exchange.handlers,
      ...writeAnnotationsHandler({
        withFiles: analysis.withFiles,
        finished: analysis.finished,
        readings,
        documents,
      }),
    }),
    ...guarded({
      async admit(paths: readonly string[], stated: Stated = {}) {
        const admitted = await library.admit(paths);
        if (!admitted.ok) return admitted;
        const inVain: Warning[] = [];
        for (const { recordingId } of admitted.value.entries)
          inVain.push(...(await keepStated(library, recordings, recordingId, stated)));
        return ok({ ...admitted.value, inVain });
      },
      document: (documentId: string) => documents.find(documentId),
      takeDocument: documents.take,
      async complete(...asked: Parameters<Analyses['complete']>) {
        const status = await analysis.complete(...asked);
        if (status.ok) analysis.openForReader(status.value.analysisId);
        return status;
      },
      scanToFile: createScanToFile({ scanner, models, recordings, inference }),
      scanOne: createScanOne({ scanner, models }),
      addModel: adopted.add,
      prepareReport: reports.prepare,
      writeDataset: createDatasetWriter({
        store,
        trail,
        readings,
        dataDir,
        withFiles: analysis.withFiles,
      }),
      ...exchange.service,
    }),
    async close() {
      changed.stop();
      readiness.close();
      clearTimeout(backup);
      scans.close();
      await jobs.close();
      await Promise.allSettled(counting);
      await recordings.close();
      documents.close();
      store.close();
    },
  });
}

/** The day's backup, for programs that stay. */
function backUpLater({ host, pool, dataDir }: ServiceDependencies): NodeJS.Timeout | undefined {
  if (host === 'cli') return undefined;
  const make = async (): Promise<void> => {
    const made = await pool.run(backupTask, { dataDir }, { lane: 'bulk' });
    if (!made.ok) console.error(`fiducial: no backup was made: ${made.error.message}`);
  };
  const timer = setTimeout(() => void make().catch(console.error), BACKUP_AFTER_MS);
  return timer.unref();
}
