import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import {
  findRecords,
  isAnnotatorName,
  placesApart,
  writeAnnotationFile,
} from '../../core/workbench';
import type { Annotation } from '../../core/formats/wfdb/types';
import { makeFolder, writeFailure } from '../../core/host';
import { err, ok, type Result, type Warning } from '../../shared/domain';
import { checkFolder } from './check-output';
import { warn } from './warn';
import { EXIT } from './exit-codes';
import { fail } from './fail';
import { createProgress } from './progress';

export interface AnnotateRecordsOptions {
  readonly paths: readonly string[];
  readonly out: string;
  readonly annotator: string;
  readonly force: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** Annotations of one record, and what the command prints about it. */
  annotate(path: string, onProgress: (done: number) => void): Promise<Result<AnnotatedRecord>>;
}

/** What is written about one recording. */
export interface AnnotatedRecord {
  readonly annotations: readonly Annotation[];
  readonly timeResolutionHz: number | null;
  readonly summary: Summary;
  /** What was odd about the recording or assumed of it. */
  readonly warnings: readonly Warning[];
}

/** Figures about one record, printed in this order. */
export type Summary = Readonly<Record<string, number>>;

/** Writes an annotation file per record into a folder; one bad record does not stop the others. */
export async function annotateRecords(options: AnnotateRecordsOptions): Promise<number> {
  const { annotator, signal } = options;
  if (!isAnnotatorName(annotator)) {
    return fail({
      code: 'bad-input',
      message: `--annotator "${annotator}" is no annotator name: letters, digits and _, not the extension of a signal file.`,
    });
  }
  const found = await findRecords(options.paths, signal);
  if (!found.ok) return fail(found.error);
  const { paths, problems } = found.value;
  for (const problem of problems) fail(problem);
  const out = await checkFolder(options.out);
  if (!out.ok) return fail(out.error);
  const placeOf = placesApart(paths);
  let failed = problems.length > 0 || paths.length === 0;
  if (paths.length === 0 && problems.length === 0) {
    fail({ code: 'not-found', message: `There is no recording in ${options.paths.join(', ')}.` });
  }
  const progress = createProgress();
  for (const [i, path] of paths.entries()) {
    const record = basename(path, extname(path));
    const directory = await makeDirectory(join(out.value, placeOf(path)));
    if (!directory.ok) return fail(directory.error);
    const free = options.force ? ok(undefined) : await isFree(directory.value, record, annotator);
    const answer = !free.ok
      ? free
      : await options.annotate(path, (done) =>
          progress.update(`${record} (${i + 1} of ${paths.length}): ${Math.round(100 * done)} %`),
        );
    const written = answer.ok
      ? await writeAnnotationFile(answer.value.annotations, {
          directory: directory.value,
          record,
          annotator,
          timeResolutionHz: answer.value.timeResolutionHz,
          overwrite: options.force,
        })
      : answer;
    progress.end();
    if (!written.ok) {
      failed = true;
      fail(written.error);
      if (written.error.code === 'cancelled') break;
    } else if (answer.ok) {
      warn(record, answer.value.warnings);
      print(record, written.value, answer.value.summary, options.json);
    }
  }
  return failed ? EXIT.someFailed : EXIT.done;
}

/** Told before a record is analysed, not after. */
async function isFree(directory: string, record: string, annotator: string): Promise<Result<void>> {
  const path = join(directory, `${record}.${annotator}`);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere
    ? err('conflict', `${path} exists already; nothing was written (--force replaces it).`)
    : ok(undefined);
}

function print(record: string, file: string, summary: Summary, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ record, file, ...summary }));
    return;
  }
  const figures = Object.entries(summary).map(([name, value]) => `${value} ${name}`);
  console.log(`${record}: ${figures.join(', ')} -> ${file}`);
}

async function makeDirectory(out: string): Promise<Result<string>> {
  const directory = resolve(out);
  try {
    await makeFolder(directory);
    return ok(directory);
  } catch (cause) {
    return writeFailure(`--out ${out}`, cause);
  }
}
