import type { Handlers } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { Analyses } from '../analysis/handlers';
import type { Documents } from '../base/documents';
import type { ModelFiles } from '../inference/types';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import { recordingIdOf } from '../base/recording-id';
import { recordingInfo } from '../recordings/recording-info';
import type { Readings } from '../review/readings';
import { storeFailuresAsResults } from '../review/store/store-failure';
import type { ReportFolder } from './report-folder';
import { scanRecords, type ScanOptions, type ScanProgress } from './scan-records';
import { resultRow, type ScanRow } from './scan-row';

export interface RecordingScan extends Omit<ScanOptions, 'analyse'> {
  readonly model: ModelFiles;
  /** Also writes the report of every recording into it; null for none. */
  readonly reports: ReportFolder | null;
}

export interface Scanner {
  /**
   * Analyses every recording through the store, so that each opens at once afterwards and none is analysed twice. Its
   * row is of what was found as a reader left it.
   * @returns as `scanRecords`
   */
  scan(scan: RecordingScan): Promise<Result<ScanProgress>>;
}

export interface ScannerDependencies {
  readonly library: Library;
  readonly recordings: RecordingCache;
  readonly complete: Analyses['complete'];
  readonly readings: Readings;
  readonly documents: Documents;
  readonly report: Handlers['report.create'];
}

/** The one way from a path to a row: the viewer's folder scans and the command line's take it. */
export function createScanner(dependencies: ScannerDependencies): Scanner {
  const { library, recordings, complete, readings, documents, report } = dependencies;

  async function writeReport(
    analysisId: string,
    target: string,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const made = await report({ analysisId, paper: 'A4', identity: true, reader: '' }, { signal });
    return made.ok ? documents.take(made.value.documentId, target) : made;
  }

  async function rowOf(
    path: string,
    { model, reports, signal }: RecordingScan,
  ): Promise<Result<ScanRow>> {
    const recordingId = recordingIdOf(path);
    // One that came into the folder after it was picked is not on the worklist yet.
    if (!library.find(recordingId).ok) library.add(path);
    const analysed = await complete(recordingId, { modelId: model.card.id, signal });
    if (!analysed.ok) return analysed;
    const { analysisId, lead } = analysed.value;
    const info = await recordings.use(path, async (opened) => ok(await recordingInfo(opened)));
    if (!info.ok) return info;
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    if (reports) {
      const written = await writeReport(analysisId, reports.fileOf(info.value.name, path), signal);
      if (!written.ok) return written;
    }
    const { findings } = reading.value;
    return ok(resultRow(path, model, { info: info.value, findings, lead }));
  }

  const guarded = storeFailuresAsResults({ rowOf });
  return {
    scan: (scan) => scanRecords({ ...scan, analyse: (path) => guarded.rowOf(path, scan) }),
  };
}
