import { resolve } from 'node:path';
import { ok, type Failure, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Stated } from '../base/stated-path';
import { modelSha256 } from '../inference/model-hash';
import { isWriteRefusal, writeFailure } from '../base/file-failure';
import type { Models } from '../analysis/models';
import type { Inference, ModelFiles } from '../inference/types';
import { findRecords } from '../recordings/find-records';
import { recordFingerprint } from '../recordings/record-fingerprint';
import type { RecordingCache } from '../recordings/recording-cache';
import { openPartialFile, type PartialFile } from './partial-file';
import { openReportFolder, type ReportFolder } from './report-folder';
import { SCAN_CSV_HEADER, scanCsvLine } from './scan-csv';
import { scanParquet } from './scan-parquet';
import type { ScanProgress } from './scan-records';
import type { Scanner } from './scan-recordings';
import type { ScanRow } from './scan-row';

export const SCAN_FORMATS = ['jsonl', 'csv', 'parquet'] as const;

export interface FileScan {
  /** Folders, recordings, archives: what a person named. */
  readonly given: readonly string[];
  /** Null for the default model. */
  readonly modelId: string | null;
  /** Index of the lead to read in every recording; null lets the model choose. */
  readonly lead: number | null;
  /** What is stated of recordings whose files leave it out. */
  readonly stated: Stated;
  /** File to write; a killed scan goes on from `OUT.partial`. */
  readonly out: string;
  /** Writes the rows to what is no file: all of them at the end, with nothing to go on from. Null for a file. */
  readonly stream: PartialFile['finish'] | null;
  readonly format: (typeof SCAN_FORMATS)[number];
  /** Recordings at work at a time. */
  readonly workers: number;
  /** Folder for the report of every recording; null for none. */
  readonly reportDir: string | null;
  /** Makes a scanner whose rows come from elsewhere; absent: recordings are read in this process. */
  readonly scanner?: (recordings: RecordingCache) => Scanner;
  readonly signal: AbortSignal;
  /** Told of what could not be searched; the rest is scanned. */
  onProblem(problem: Failure): void;
  onProgress(progress: ScanProgress): void;
}

/** Scans what was named and writes one row a recording. @returns the rows, in the order of the file */
export type ScanToFile = (scan: FileScan) => Promise<Result<readonly ScanRow[]>>;

export interface ScanToFileDependencies {
  readonly scanner: Scanner;
  readonly models: Models;
  readonly recordings: RecordingCache;
  readonly inference: Inference;
}

export function createScanToFile(dependencies: ScanToFileDependencies): ScanToFile {
  const { models, inference } = dependencies;
  return async (scan) => {
    const { given, modelId, signal } = scan;
    const model = await models.find(modelId);
    if (!model.ok) return model;
    const found = await findRecords(given, signal);
    if (!found.ok) return found;
    const { paths, problems } = found.value;
    problems.forEach(scan.onProblem);
    if (paths.length === 0) {
      return errSaid('not-found', 'failures.noRecordingIn', { paths: given.join(', ') });
    }
    // Once for a machine, and worth it for more than one record.
    if (paths.length > 1 && !scan.scanner) await inference.tryDevices(model.value, { signal });

    const { reportDir } = scan;
    const reports = reportDir === null ? null : await openReportFolder(resolve(reportDir));
    if (reports && !reports.ok) return reports;
    const out = resolve(scan.out);
    const kind = kindOf(model.value, reports?.value ?? null, scan);
    const partial = scan.stream ? ok(streamed(scan.stream)) : await openPartialFile(out, kind);
    if (!partial.ok) return partial;
    // Reports that are written have their names, whoever comes first now.
    for (const { record, path } of partial.value.earlier()) reports?.value.fileOf(record, path);
    try {
      const parts = { paths, model: model.value, reports: reports?.value ?? null };
      return await scanInto(partial.value, scan, parts, dependencies);
    } catch (cause) {
      // What is whole of the partial file is taken up by the next run.
      if (isWriteRefusal(cause)) return writeFailure(`${out}.partial`, cause);
      throw cause;
    } finally {
      await partial.value.close();
    }
  };
}

function streamed(finish: PartialFile['finish']): PartialFile {
  const nothing = (): Promise<void> => Promise.resolve();
  return { known: () => null, append: nothing, earlier: () => [], finish, close: nothing };
}

/** What decides the rows. One that was made without its report is not done for a scan that wants one. */
function kindOf(
  model: ModelFiles,
  reports: ReportFolder | null,
  { lead, stated }: Pick<FileScan, 'lead' | 'stated'>,
): string {
  const asked = { ...(lead === null ? {} : { lead }), ...stated };
  const said = Object.keys(asked).length === 0 ? '' : ` ${JSON.stringify(asked)}`;
  return `findings ${model.card.id} ${modelSha256(model)} ${reports?.path ?? ''}${said}`;
}

async function scanInto(
  partial: PartialFile,
  { format, workers, lead, stated, signal, onProgress, scanner: elsewhere }: FileScan,
  parts: {
    readonly paths: readonly string[];
    readonly model: ModelFiles;
    readonly reports: ReportFolder | null;
  },
  { scanner: own, recordings }: ScanToFileDependencies,
): Promise<Result<readonly ScanRow[]>> {
  const scanner = elsewhere?.(recordings) ?? own;
  const rows = new Array<ScanRow>(parts.paths.length);
  const fingerprints = new Map<string, string>();
  const scanned = await scanner.scan({
    ...parts,
    lead,
    stated,
    workers,
    signal,
    onProgress,
    fingerprintOf: (path) => fingerprints.get(path),
    async known(path) {
      const fingerprint = await recordFingerprint(path, recordings);
      fingerprints.set(path, fingerprint);
      return partial.known(path, fingerprint);
    },
    async onRow(row, index, wasKnown) {
      rows[index] = row;
      if (!wasKnown) await partial.append(fingerprints.get(row.path) ?? 'missing', row);
    },
  });
  if (!scanned.ok) return scanned;
  const finished = await partial.finish(contentOf(rows, format));
  return finished.ok ? ok(rows) : finished;
}

function contentOf(
  rows: readonly ScanRow[],
  format: FileScan['format'],
): Iterable<string | Uint8Array> {
  return format === 'parquet' ? [scanParquet(rows)] : lines(rows, format);
}

function* lines(rows: readonly ScanRow[], format: 'jsonl' | 'csv'): Iterable<string> {
  if (format === 'csv') yield `${SCAN_CSV_HEADER}\r\n`;
  for (const row of rows) {
    yield format === 'csv' ? `${scanCsvLine(row)}\r\n` : `${JSON.stringify(row)}\n`;
  }
}
