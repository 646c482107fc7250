import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { dataDirectory } from '../../core/host';
import {
  STORE_FILE,
  StoreFailure,
  TEXT_TRAIL_FILE,
  backUp,
  backUpDated,
  checkStore,
  connectStore,
  eventsAfter,
  keptText,
  openDatabase,
  repairStore,
  signedReportRows,
  textLine,
} from '../../core/service';
import type { Database } from '../../core/review/store/sql';
import { err, ok, type Result } from '../../shared/domain';
import { checkFolder } from '../lib/check-output';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { writeOutput } from '../lib/write-output';

/** `fiducial store check|repair|backup|export`: the file that holds worklist, analyses and decisions. */
export function storeCommand(): Command {
  const store = new Command('store').description(
    'check, repair or back up the store of worklist, analyses and decisions; write its trail as text',
  );
  store
    .command('check')
    .description('compare everything in the store with what was written')
    .option('--json', 'print counts and problems as JSON')
    .action((options: JsonOption) => done(() => check(options)));
  store
    .command('repair')
    .description('make a new store of what can be read of a damaged one and of its text trail')
    .option('--json', 'print what was kept, what is lost and where the old store lies as JSON')
    .action((options: JsonOption) => done(() => repair(options)));
  store
    .command('backup')
    .description('write a copy of the store; dated copies lie beside it and are kept in number')
    .option('--out <file>', 'file to write instead')
    .option('--json', 'print where the copy lies as JSON')
    .action((options: BackupOptions) => done(() => backup(options)));
  store
    .command('export')
    .description('write every step of every trail as a line of JSON')
    .option('--out <file>', 'file to write; - is standard output', '-')
    .option('--reports <dir>', 'also write every signed report as it was printed into a folder')
    .action((options: ExportOptions) => done(() => exportTrail(options)));
  return store;
}

interface JsonOption {
  readonly json?: boolean;
}

interface BackupOptions extends JsonOption {
  readonly out?: string;
}

async function done(work: () => Promise<number> | number): Promise<void> {
  process.exitCode = EXIT.someFailed;
  try {
    process.exitCode = await work();
  } catch (cause) {
    if (!(cause instanceof StoreFailure)) throw cause;
    process.exitCode = fail(cause.failure);
  }
}

const storePath = (): string => join(dataDirectory(), STORE_FILE);
const textPath = (): string => join(dataDirectory(), TEXT_TRAIL_FILE);

function present(): Result<string> {
  const path = storePath();
  const isThere = existsSync(path) || existsSync(textPath());
  return isThere ? ok(path) : err('not-found', `There is no store ${path}.`);
}

function withStore(work: (database: Database) => number): number {
  const path = present();
  if (!path.ok) return fail(path.error);
  const opened = openDatabase(path.value);
  if (!opened.ok) return fail(opened.error);
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}

function check({ json = false }: JsonOption): number {
  return withStore((database) => {
    const found = checkStore(database, textPath());
    const { problems, recordings, analyses, events, reports } = found;
    if (json) console.log(JSON.stringify({ path: database.path, ...found }));
    else {
      for (const problem of problems) console.error(`fiducial: ${problem}`);
      console.log(
        `${database.path}: ${recordings} recordings, ${analyses} analyses, ${events} steps of decisions, ` +
          `${reports} signed reports, ` +
          (problems.length === 0 ? 'all as they were written' : `${problems.length} problems`),
      );
    }
    return problems.length === 0 ? EXIT.done : EXIT.someFailed;
  });
}

function repair({ json = false }: JsonOption): number {
  const path = present();
  if (!path.ok) return fail(path.error);
  const connected = connectStore(path.value);
  if (!connected.ok && connected.error.code !== 'not-readable') return fail(connected.error);
  const repaired = repairStore(dataDirectory(), connected.ok ? connected.value : null, 'nothing');
  if (!repaired.ok) return fail(repaired.error);
  console.log(json ? JSON.stringify(repaired.value) : keptText(repaired.value));
  const { lostEvents, lostReports } = repaired.value;
  return lostEvents + lostReports === 0 ? EXIT.done : EXIT.someFailed;
}

function backup({ out, json = false }: BackupOptions): number {
  return withStore((database) => {
    const made =
      out === undefined
        ? backUpDated(database, dataDirectory(), new Date())
        : backUp(database, out);
    if (!made.ok) return fail(made.error);
    console.log(json ? JSON.stringify({ path: made.value }) : made.value);
    return EXIT.done;
  });
}

interface ExportOptions {
  readonly out: string;
  readonly reports?: string;
}

async function exportTrail({ out, reports }: ExportOptions): Promise<number> {
  const path = present();
  if (!path.ok) return fail(path.error);
  const opened = openDatabase(path.value);
  if (!opened.ok) return fail(opened.error);
  const lines = function* (): Generator<string> {
    for (const { rows } of eventsAfter(opened.value, 0)) yield rows.map(textLine).join('');
  };
  try {
    const written = await writeOutput(out, lines());
    if (!written.ok) return fail(written.error);
    return reports === undefined ? EXIT.done : await exportReports(opened.value, reports);
  } finally {
    opened.value.close();
  }
}

/** Exit code 1 where the pages of one are not what was printed. */
async function exportReports(database: Database, out: string): Promise<number> {
  const folder = await checkFolder(out);
  if (!folder.ok) return fail(folder.error);
  let damaged = 0;
  for (const report of signedReportRows(database)) {
    if (!report) {
      damaged++;
      continue;
    }
    const { analysisId, version, pdf } = report;
    const target = join(folder.value, `${analysisId}-version-${version}.pdf`);
    const written = await writeOutput(target, [pdf]);
    if (!written.ok) return fail(written.error);
  }
  if (damaged === 0) return EXIT.done;
  return fail({
    code: 'not-readable',
    message: `${damaged} signed reports are not what was printed, and were left out.`,
  });
}
