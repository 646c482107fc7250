/**
 * `npm run corrections`: what corrections of ten recordings teach a network, in one command. A network learns from records
 * (`--known`), reads ten others, simulated readers decide on them what their reference says, the network learns that with a
 * replay of the first, and both are compared on the rest. Prints the figures of docs/models.md. Needs PyTorch, as `npm run
 * train`, and `npm run build`. Killed and started again it goes on.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { comparisonText } from '../../src/core/evaluation/comparison-text';
import { parseRecordList, selectRecords } from '../../src/core/evaluation/select-records';
import { entryPath } from '../../src/core/processes/entries';
import { createLocalInference } from '../../src/core/processes/local-inference';
import { createPool } from '../../src/core/workers/pool';
import { trainBeatAttention } from '../train/beat-attention';
import { trainFurther } from '../train/further';
import { project, step, valueOf, type TrainOptions } from '../train/stages';
import type { ReaderKind } from './reader';
import { simulateCorrections } from './simulate';

interface Options {
  known: string;
  knownRecords: string;
  db: string;
  records: string;
  epochs: string;
  steps: string;
  run: string;
  draws: string;
}

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(project, '..', 'shared', 'data');
const BASE_VERSION = '0.1.0';

const options = new Command('corrections')
  .description('simulate what corrections of some records teach a network')
  .option('--known <dir>', 'database that the first network learns from', join(DATA, 'mitdb'))
  .option('--known-records <list>', 'its records', 'ds1')
  .option('--db <dir>', 'database of what is corrected and of what is judged', join(DATA, 'svdb'))
  .option(
    '--records <list>',
    'records that are corrected; all others are judged',
    '800,808,823,841,849,857,865,873,881,889',
  )
  .option('--epochs <n>', 'of the first network, which has one member', '10')
  .option('--steps <n>', 'batches of the training that goes on', '120')
  .option('--draws <n>', 'of the bootstrap over patients', '1000')
  .option('--run <dir>', 'where everything goes', join('training', 'runs', 'corrections'))
  .parse(process.argv.slice(2), { from: 'user' })
  .opts<Options>();

try {
  await main(options);
} catch (error) {
  console.error(`corrections: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function main(given: Options): Promise<void> {
  const run = resolve(given.run);
  const known = valueOf(await parseRecordList(given.knownRecords));
  const chosen = valueOf(await parseRecordList(given.records));
  const all = valueOf(await selectRecords(given.db, null)).paths;
  const isChosen = (path: string): boolean => chosen.includes(basename(path, '.hea'));
  const common: Omit<TrainOptions, 'db' | 'modelVersion'> = {
    ...{ model: 'beat-attention', members: '1', jobs: '1', evaluate: false },
  };
  const base = join(run, 'base', 'model');
  if (!existsSync(join(base, 'beat-attention.json'))) {
    const first = { records: given.knownRecords, epochs: given.epochs, folds: '2' };
    const place = { db: [given.known], run: join(run, 'base'), modelVersion: BASE_VERSION };
    await trainBeatAttention({ ...common, ...first, ...place }, []);
  }
  async function train(dataset: string, kind: ReaderKind): Promise<string> {
    const place = { run: join(run, kind), modelVersion: `0.2.0-${kind}`, startFrom: base };
    const records = [...known, ...chosen].join(',');
    const wanted = { ...common, ...place, db: [dataset, given.known], records, steps: given.steps };
    await trainFurther(wanted, ['--hold-out', 'none']);
    return join(run, kind, 'model');
  }
  const pool = createPool({ entry: entryPath('worker') });
  const inference = createLocalInference(pool);
  try {
    step('Read and decide');
    await simulateCorrections({
      ...{ pool, inference, base, run, train, draws: Number(given.draws) },
      corrected: all.filter(isChosen),
      judged: all.filter((path) => !isChosen(path)),
      log: (line) => console.log(`  ${line}`),
      async onOutcome({ kind, corrected, confirmed, beats, comparison }) {
        step(`${kind}: ${corrected} beats corrected and ${confirmed} confirmed of ${beats}`);
        const text = comparisonText(comparison);
        await writeFile(join(run, kind, 'comparison.txt'), `${text}\n`);
        console.log(text);
      },
    });
  } finally {
    await inference.close();
    await pool.close();
  }
}
