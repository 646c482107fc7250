import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { errorRow, type ScanRow } from './scan-row';

export interface ScanProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Path of a record that is being worked on; null for none, or where nobody here knows. */
  readonly current: string | null;
  readonly recordsPerS: number;
  readonly remainingS: number | null;
  /** Workers that take recordings from a queue; null where the server does not say. Absent in a scan of this process. */
  readonly workers?: number | null;
}

export interface ScanOptions {
  readonly paths: readonly string[];
  readonly signal: AbortSignal;
  /** Makes the row of one record. */
  analyse(path: string): Promise<Result<ScanRow>>;
  /** Records at work at a time. */
  readonly workers: number;
  /** A row that is known already, so that a resumed scan does no work twice; null when it is not. */
  known?(path: string, index: number): Promise<ScanRow | null>;
  /** Called once per record, as each is finished; awaited, so that a row is safe before the next is begun. */
  onRow(row: ScanRow, index: number, wasKnown: boolean): Promise<void> | void;
  onProgress?(progress: ScanProgress): void;
}

/**
 * Analyses every record by itself: one that cannot be read, or on which our own code fails, gives an error row
 * and the scan goes on.
 * @returns the final progress, or `cancelled`; an `onRow` that throws ends the scan with its error
 */
export async function scanRecords(options: ScanOptions): Promise<Result<ScanProgress>> {
  const { paths, workers, signal, known, onRow, onProgress } = options;
  const startedMs = performance.now();
  const working = new Set<string>();
  let next = 0;
  let done = 0;
  let fresh = 0;
  let failed = 0;

  function progress(): ScanProgress {
    const elapsedS = (performance.now() - startedMs) / 1000;
    const recordsPerS = elapsedS > 0 ? fresh / elapsedS : 0;
    return {
      done,
      total: paths.length,
      failed,
      current: [...working][0] ?? null,
      recordsPerS,
      remainingS: recordsPerS > 0 ? (paths.length - done) / recordsPerS : null,
    };
  }

  async function work(): Promise<void> {
    while (next < paths.length && !signal.aborted) {
      const index = next++;
      const path = paths[index]!;
      const before = (await known?.(path, index)) ?? null;
      working.add(path);
      onProgress?.(progress());
      const row = before ?? (await rowOf(path, options));
      working.delete(path);
      if (signal.aborted) return;
      await onRow(row, index, before !== null);
      done += 1;
      if (before === null) fresh += 1;
      if (row.error) failed += 1;
      onProgress?.(progress());
    }
  }

  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  return signal.aborted ? errSaid('cancelled', 'failures.scanCancelled') : ok(progress());
}

async function rowOf(path: string, { analyse }: ScanOptions): Promise<ScanRow> {
  try {
    const row = await analyse(path);
    return row.ok ? row.value : errorRow(path, row.error);
  } catch (bug) {
    console.error(bug);
    const why = bug instanceof Error ? bug.message : String(bug);
    return errorRow(path, errSaid('bad-signal', 'failures.ownFaultOnRecord', { why }).error);
  }
}
