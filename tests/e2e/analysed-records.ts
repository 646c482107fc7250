/**
 * Recordings that many browser tests begin with, in folders with a store of their analyses, as after a scan on the command
 * line: made once a run, by the first host that wants them.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const BIN = resolve(import.meta.dirname, '../../bin/fiducial.mjs');
/** Names of those that several hosts have; where a host has another as well it analyses all itself. */
const OF_MANY = ['demo', '208'];
/** Says to the worker processes where the folders of this run are. */
const PLACE = 'FIDUCIAL_TESTS_ANALYSED';

/** Before the first test; what it returns is called after the last. */
export default async function beginRun(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'fiducial-e2e-analysed-'));
  process.env[PLACE] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** @param records paths without an extension */
export const isOfMany = (records: readonly string[]): boolean =>
  records.every((record) => OF_MANY.includes(basename(record)));

/** The folder of this run, which is removed at its end. */
function folderOfRun(): string {
  const run = process.env[PLACE];
  if (run === undefined) throw new Error(`${PLACE} is set before the first test`);
  return run;
}

/**
 * A recording that a test file makes for itself, once a run.
 * @param place tells it from others of its name
 * @param name of the recording that `write` leaves in a folder
 * @returns its path without an extension
 */
export async function made(
  place: string,
  name: string,
  write: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(folderOfRun(), place);
  if (!existsSync(folder)) {
    const unfinished = await mkdtemp(`${folder}-`);
    await write(unfinished);
    await rename(unfinished, folder);
  }
  return join(folder, name);
}

/**
 * @param records paths without an extension
 * @returns the folder that they are in, the same for all hosts, and a store to be copied, which knows them there
 */
export async function analysed(
  records: readonly string[],
): Promise<{ readonly root: string; readonly store: string }> {
  const folder = join(folderOfRun(), records.map((record) => basename(record)).join('-'));
  const [root, store, rows] = ['records', 'store', 'rows.jsonl'].map((name) => join(folder, name));
  if (!existsSync(rows!)) {
    await mkdir(root!, { recursive: true });
    await copyRecords(records, root!);
    const env = { ...process.env, FIDUCIAL_HOME: store };
    await promisify(execFile)(process.execPath, [BIN, 'scan', root!, '--out', rows!], { env });
  }
  return { root: root!, store: store! };
}

/** Copies every file of these records into a folder. */
export async function copyRecords(records: readonly string[], folder: string): Promise<void> {
  for (const record of records)
    for (const name of await readdir(dirname(record)))
      if (name.startsWith(`${basename(record)}.`))
        await cp(join(dirname(record), name), join(folder, name));
}
