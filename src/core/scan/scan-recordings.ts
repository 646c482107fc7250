import type { Handlers } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { Analyses } from '../analysis/analyses';
import type { TeachingOf } from '../analysis/teachings';
import type { Documents } from '../base/documents';
import type { Stated } from '../base/stated-path';
import { modelKey } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';
import { keepStated } from '../recordings/keep-stated';
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
  /** Index of the lead to read in every recording; null lets the model choose. */
  readonly lead: number | null;
  /** What is stated of recordings whose files leave it out. */
  readonly stated: Stated;
  /** Also writes the report of every recording into it; null for none. */
  readonly reports: ReportFolder | null;
  /** What the files of a recording looked like when `known` was asked, where that was looked at. */
  fingerprintOf?(path: string): string | undefined;
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
  readonly withFiles: Analyses['withFiles'];
  readonly readings: Readings;
  readonly teaching: TeachingOf;
  readonly documents: Documents;
  readonly report: Handlers['report.create'];
}

/** Warning of a row that the store did not take: it is whole, and will be made again. */
export const NOT_KEPT = 'not-kept';

/** The one way from a path to a row: the viewer's folder scans and the command line's take it. */
export function createScanner(dependencies: ScannerDependencies): Scanner {
  const { library, recordings, withFiles, complete, readings, teaching, documents, report } =
    dependencies;

  async function writeReport(
    analysisId: string,
    target: string,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const made = await report({ analysisId, identity: true, reader: '' }, { signal });
    return made.ok ? documents.take(made.value.documentId, target) : made;
  }

  async function rowOf(
    path: string,
    { model, lead: wanted, stated, reports, signal }: RecordingScan,
  ): Promise<Result<ScanRow>> {
    const recordingId = recordingIdOf(path);
    // One that came into the folder after it was picked is not on the worklist yet.
    if (!library.find(recordingId).ok) library.add(path);
    const inVain = await keepStated(library, recordings, recordingId, stated);
    // By key: somebody may take another network of this id into use while a scan runs.
    const asked = { modelId: modelKey(model), lead: wanted, signal };
    const analysed = await complete(recordingId, asked);
    if (!analysed.ok) return analysed;
    const { analysisId, lead, message, said, warnings: ofModel = [] } = analysed.value;
    const about = await withFiles(analysisId, signal, async (opened) =>
      ok(await recordingInfo(opened)),
    );
    if (!about.ok) return about;
    const unkept = message === null ? [] : [{ code: NOT_KEPT, message, ...(said && { said }) }];
    const warnings = [...about.value.warnings, ...inVain, ...ofModel, ...unkept];
    const info = { ...about.value, warnings };
    readings.follow(analysisId);
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    if (reports) {
      const written = await writeReport(analysisId, reports.fileOf(info.name, path), signal);
      if (!written.ok) return written;
    }
    const { findings } = reading.value;
    const teaches = await teaching(analysisId, findings);
    return ok(resultRow(path, model, { info, findings, lead, teaching: teaches }));
  }

  const guarded = storeFailuresAsResults({ rowOf });
  return {
    scan: (scan) => scanRecords({ ...scan, analyse: (path) => guarded.rowOf(path, scan) }),
  };
}
