import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { writeFailure } from '../base/file-failure';
import { makePrivateFile } from '../base/private-files';
import type { FilesWork } from '../analysis/analyses';
import { decidedTruth, type DecidedTruth } from '../review/decided-truth';
import type { Readings } from '../review/readings';
import type { Store, StoredRecording } from '../review/store/types';
import type { Trail } from '../review/trail';
import { writeDatasetRecord } from './dataset-record';

export interface DatasetOptions {
  readonly folder: string;
  /** Whose decisions; null for those of all, the last of which wins. */
  readonly reader: string | null;
  /** Decisions before do not count, epoch milliseconds. */
  readonly sinceMs: number | null;
  /** False leaves out names, dates, comments and file names. */
  readonly identity: boolean;
  readonly signal: AbortSignal;
  readonly onRecording?: (done: number, total: number, name: string) => void;
}

/** What became of one recording with decisions. */
export interface DatasetRow {
  /** As the worklist has it. */
  readonly recording: string;
  /** Of the files, without their endings; null where nothing was written. */
  readonly name: string | null;
  readonly state: 'written' | 'unchanged' | 'failed';
  /** How much was decided. */
  readonly beats: number;
  readonly rhythms: number;
  readonly segments: number;
  readonly problem?: Failure;
}

export interface Dataset {
  readonly folder: string;
  readonly rows: readonly DatasetRow[];
}

export type WriteDataset = (options: DatasetOptions) => Promise<Result<Dataset>>;

export interface DatasetDependencies {
  readonly store: Pick<Store, 'recordings' | 'analysesOf'>;
  readonly trail: Trail;
  readonly readings: Readings;
  readonly dataDir: string;
  withFiles<T>(analysisId: string, signal: AbortSignal, work: FilesWork<T>): Promise<Result<T>>;
}

/** A recording with the analysis that was decided on last. */
interface Reviewed {
  readonly recording: StoredRecording;
  readonly contentHash: string;
  readonly analysisId: string;
}

/**
 * Writes every reviewed recording of the store with what was decided, as networks are trained on. Each appears whole or
 * not at all; one that is there with the same decisions is left as it is, so that a run that was stopped goes on.
 * @returns `not-found` where nothing was decided; `cancelled`
 */
export function createDatasetWriter({
  store,
  trail,
  readings,
  dataDir,
  withFiles,
}: DatasetDependencies): WriteDataset {
  /** The analysis that this reader decided on last; null where they decided on none. */
  function reviewedOf(recording: StoredRecording, reader: string | null): Reviewed | null {
    const { contentHash } = recording;
    if (contentHash === null) return null;
    let last: { analysisId: string; atMs: number } | null = null;
    for (const { analysisId } of store.analysesOf(contentHash)) {
      for (const { lastAtMs } of trail.standing(analysisId, reader).actsBy(0)) {
        if (!last || lastAtMs > last.atMs) last = { analysisId, atMs: lastAtMs };
      }
    }
    return last && { recording, contentHash, analysisId: last.analysisId };
  }

  async function truthOf(
    { analysisId }: Reviewed,
    { reader, sinceMs }: DatasetOptions,
  ): Promise<Result<DecidedTruth>> {
    const reading = await readings.of(analysisId, reader);
    if (!reading.ok) return reading;
    const standing = trail.standing(analysisId, reader);
    return ok(decidedTruth(reading.value, standing, sinceMs ?? -Infinity));
  }

  /** Null where nothing that a network could learn from was decided. */
  async function rowOf(
    one: Reviewed,
    options: DatasetOptions,
    pseudonym: ((text: string) => string) | null,
  ): Promise<DatasetRow | null> {
    const { name } = one.recording;
    const truth = await truthOf(one, options);
    const counts = {
      beats: truth.ok ? truth.value.beats.length : 0,
      rhythms: truth.ok ? truth.value.rhythms.length : 0,
      segments: truth.ok ? truth.value.segments.length : 0,
    };
    if (truth.ok && Object.values(counts).every((count) => count === 0)) return null;
    const { folder, signal } = options;
    const { contentHash } = one;
    const written = truth.ok
      ? await withFiles(one.analysisId, signal, (opened) =>
          writeDatasetRecord(opened, name, {
            ...{ folder, contentHash, pseudonym, signal },
            truth: truth.value,
          }),
        )
      : truth;
    if (!written.ok)
      return { recording: name, name: null, state: 'failed', ...counts, problem: written.error };
    const state = written.value.unchanged ? 'unchanged' : 'written';
    return { recording: name, name: written.value.name, state, ...counts };
  }

  return async (options) => {
    const kept = options.identity ? ok(null) : pseudonyms(dataDir);
    if (!kept.ok) return kept;
    const pseudonym = kept.value;
    const seen = new Set<string>();
    const reviewed = store.recordings().flatMap((recording) => {
      const one = recording.listed ? reviewedOf(recording, options.reader) : null;
      if (!one || seen.has(one.contentHash)) return [];
      seen.add(one.contentHash);
      return [one];
    });
    const rows: DatasetRow[] = [];
    for (const [i, one] of reviewed.entries()) {
      if (options.signal.aborted) return err('cancelled', 'Writing the dataset was stopped.');
      const row = await rowOf(one, options, pseudonym);
      if (row?.problem?.code === 'cancelled') return err('cancelled', row.problem.message);
      if (row) rows.push(row);
      options.onRecording?.(i + 1, reviewed.length, one.recording.name);
    }
    if (rows.length > 0) return ok({ folder: options.folder, rows });
    const whose = options.reader === null ? '' : ` by ${options.reader}`;
    return err('not-found', `Nothing was decided${whose} that a network could learn from.`);
  };
}

const SECRET_FILE = 'dataset-secret';

/**
 * Names that are the same in every run of this reader's and lead nobody else back, not even whoever has the recording.
 * @returns `not-writable`
 */
function pseudonyms(dataDir: string): Result<(text: string) => string> {
  const file = join(dataDir, SECRET_FILE);
  let secret: string;
  try {
    makePrivateFile(file);
    secret = readFileSync(file, 'utf8');
    if (secret === '') writeFileSync(file, (secret = randomBytes(32).toString('hex')));
  } catch (cause) {
    return writeFailure(file, cause);
  }
  return ok((text) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 12));
}
