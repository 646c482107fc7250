import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MITDB_PACED } from '../../src/core/evaluation/databases';
import { parseRecordList, selectRecords } from '../../src/core/evaluation/select-records';
import { projectDir } from '../../src/core/processes/entries';
import type { Failure, Result } from '../../src/shared/domain';
import { findPython, runCommand } from './python';

/** Options of `npm run train`, as written. */
export interface TrainOptions {
  db: string[];
  model: string;
  records?: string;
  folds?: string;
  epochs?: string;
  members: string;
  jobs: string;
  out?: string;
  run?: string;
  modelVersion: string;
  /** Model to go on from: its folder or card. */
  startFrom?: string;
  steps?: string;
  evaluate: boolean;
}

/** Where one model's training works. */
export interface TrainPlaces {
  readonly python: string;
  /** Tensors, checkpoints and predictions. */
  readonly run: string;
  readonly tensors: string;
  /** Model and card. */
  readonly out: string;
}

export const project = projectDir();

/** @throws Error where there is no Python to train with, or no built application to evaluate with */
export function placesFor(model: string, given: TrainOptions): TrainPlaces {
  const python = findPython(project);
  if (!python) {
    throw new Error(
      'no Python with PyTorch and NumPy; see training/README.md, or name one in FIDUCIAL_PYTHON',
    );
  }
  if (given.evaluate && !existsSync(join(project, 'out', 'main', 'cli.js'))) {
    throw new Error('the evaluation needs the built application; run "npm run build" first');
  }
  const run = resolve(given.run ?? join('training', 'runs', model));
  return {
    python,
    run,
    tensors: join(run, 'tensors'),
    out: resolve(given.out ?? join(run, 'model')),
  };
}

/** Headers to train on: those of a list, which all have to be there, else all without paced beats. */
export async function chooseRecords({
  db,
  records,
}: Pick<TrainOptions, 'db' | 'records'>): Promise<readonly string[]> {
  if (records !== undefined) {
    const list = valueOf(await parseRecordList(records));
    const selected = valueOf(await selectRecords(db, list));
    // A list names what has to be there: training on less would be another model.
    if (selected.problems[0]) throw new Error(selected.problems[0].message);
    return selected.paths;
  }
  const { paths, problems } = valueOf(await selectRecords(db, null));
  if (problems[0]) throw new Error(problems[0].message);
  return paths.filter((path) => !MITDB_PACED.includes(basename(path, '.hea')));
}

/** A line per record that was prepared. */
export function reportRecord(
  total: number,
): (done: number, record: string, problem: Failure | null) => void {
  return (done, record, problem) =>
    console.log(`  ${done}/${total} ${record} ${problem?.message ?? ''}`.trimEnd());
}

/** Runs the built application's `evaluate` with the new model on the records of every database. */
export async function evaluateModel(
  model: string,
  out: string,
  given: TrainOptions,
  records: readonly string[],
  ...more: string[]
): Promise<void> {
  for (const db of given.db) {
    const { paths } = valueOf(await selectRecords(db, null));
    const own = paths.map((path) => basename(path, '.hea')).filter((r) => records.includes(r));
    if (own.length === 0) continue;
    await runCommand(
      process.execPath,
      [
        ...[join(project, 'bin', 'fiducial.mjs'), 'evaluate', db, '--model', model],
        ...['--split', own.join(','), ...more],
      ],
      { env: { ...process.env, FIDUCIAL_MODELS: out } },
    );
  }
}

/** The commit that trains, marked where the working tree differs from it in `sources`. */
export function commitOf(sources: readonly string[]): string {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: project, encoding: 'utf8' }).stdout?.trim() ?? '';
  const head = git('rev-parse', 'HEAD');
  if (!head) return 'unknown';
  return git('status', '--porcelain', '--', ...sources) ? `${head} with changes` : head;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export function step(title: string): void {
  console.log(`\n== ${title} ==`);
}

export function exponent(value: number): string {
  return value.toExponential(1);
}
