import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { BEAT_FEATURE_VERSION, BEAT_WINDOW } from '../beats/features';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import {
  TRAINING_MARGIN,
  WINDOW_SCALE,
  writeBeatTrainingRecord,
  type BeatTrainingCounts,
  type BeatTrainingRecord,
} from './beat-training-record';
import { lendsRhythm, writeRhythmLender } from './rhythm-lender';

const BEATS_FORMAT = 'fiducial-beats-3';

/** What tensors of beats, or of strips (`strip-prepare.ts`), are made of. */
export interface PrepareBeatsOptions {
  readonly paths: readonly string[];
  readonly outDir: string;
  readonly annotator?: string;
  /** Leads per record at most; training was done with 2. */
  readonly leads?: number;
  /** Called after each record: how many are done, and what was wrong with the last one, if anything. */
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
  readonly signal?: AbortSignal;
}

export interface PreparedBeats {
  readonly records: readonly BeatTrainingCounts[];
  readonly problems: readonly Failure[];
}

/**
 * Writes what the `beat-attention` model is trained on: for every record a folder with `windows.npy` (int16, unit
 * 1/2048 of the dominant QRS, [beats, leads, samples]), `forms.npy` and `form-means.npy` (as windows, one per form),
 * `dominant.npy`, `present.npy`, `seen.npy`, `rhythm.npy`, `time.npy`, `labels.npy` (index into BEAT_CLASSES),
 * `fibrillation.npy` (0 or 1 per beat) and `segments.npy` (start in seconds, ectopy, review, fibrillation; 1 Abnormal),
 * -1 in each for what the set does not say (`set-truth.ts`), and one `index.json`. R peaks are detected, as they will be on a recording without annotations. Everything appears under
 * its name only once all is complete; a record that cannot be used is left out and told of.
 */
export async function prepareBeatTensors(
  options: PrepareBeatsOptions,
): Promise<Result<PreparedBeats>> {
  const { paths, outDir, annotator = 'atr', leads = 2, signal } = options;
  const aside = join(outDir, '.preparing');
  const rows: BeatTrainingRecord[] = [];
  const records: BeatTrainingCounts[] = [];
  const problems: Failure[] = [];
  try {
    await rm(aside, { recursive: true, force: true });
    await makeFolder(aside);
    for (const [i, path] of paths.entries()) {
      if (signal?.aborted) return err('cancelled', 'Preparing was cancelled.');
      const name = basename(path, '.hea');
      const done = rows.some(({ record }) => record === name)
        ? err('bad-input', `${path} has the name of a record before it; prepare it apart.`)
        : lendsRhythm(path)
          ? await writeRhythmLender(path, aside)
          : await writeBeatTrainingRecord(path, aside, { annotator, leads, signal });
      if (done.ok) {
        rows.push(done.value.row);
        records.push(done.value.counts);
      } else if (done.error.code === 'cancelled') {
        return err('cancelled', 'Preparing was cancelled.');
      } else problems.push(done.error);
      options.onRecord?.(i + 1, name, done.ok ? null : done.error);
    }
    if (rows.length === 0) {
      return problems[0]
        ? { ok: false, error: problems[0] }
        : err('not-found', 'There is no record to prepare.');
    }
    await publish(aside, outDir, rows);
    return ok({ records, problems });
  } catch (cause) {
    return writeFailure(outDir, cause);
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Moves finished records to their place. The index goes first and comes last: where there is one, it is true. */
async function publish(
  aside: string,
  outDir: string,
  rows: readonly BeatTrainingRecord[],
): Promise<void> {
  const index = {
    format: BEATS_FORMAT,
    featureVersion: BEAT_FEATURE_VERSION,
    window: BEAT_WINDOW,
    marginSamples: TRAINING_MARGIN,
    windowScale: WINDOW_SCALE,
    records: rows,
  };
  const written = join(aside, 'index.json');
  await writeFile(written, JSON.stringify(index, null, 1));
  await rm(join(outDir, 'index.json'), { force: true });
  for (const { record } of rows) {
    await rm(join(outDir, record), { recursive: true, force: true });
    await rename(join(aside, record), join(outDir, record));
  }
  await rename(written, join(outDir, 'index.json'));
}
