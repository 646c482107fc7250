import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backupTask } from '../backup-task';
import { backUp, backUpDated } from './backup-store';
import { createStanding } from '../standing';
import { putCheckpoint } from './checkpoint-rows';
import { checkStore } from './check-store';
import { connectStore, openDatabase } from './database';
import type { Database } from './sql';
import { keptText, openSound } from './open-sound';
import { createListPages } from './list-pages';
import { recordingsToList } from './recording-rows';
import { repairStore, type Repaired } from './repair-store';
import { CARRIED, DERIVED } from './salvage';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { DAMAGED_FOLDER, STORE_FILE, SUSPECT_FILE, TEXT_TRAIL_FILE } from './store-files';
import { exampleAnalysis, exampleRecording } from './testing/examples';

/** Longer than a page, as the pages of a report are. */
const PDF = Buffer.from(`%PDF-1.7\n${'signed as it is '.repeat(2000)}\n%%EOF\n`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-every-table-'));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const store = open(folder);
  store.putRecording(exampleRecording('a'));
  store.putAbout(exampleRecording('a').recordingId, {
    patient: { name: 'Ada', id: null, birthDate: null, ageYears: null, sex: null },
    ...{ durationS: 60, startClock: null, ecgLeads: 2, lead: 0 },
  });
  store.putUnread('b', { code: 'bad-header', message: 'b.hea names no rate.' });
  store.putAnalysis(exampleAnalysis('a'));
  store.putSettings({ theme: 'dark' } as never);
  store.putCounts('a', {
    sequence: 0,
    flagged: 1,
    decided: 0,
    needReader: 0,
    figures: null as never,
  });
  for (const version of [1, 2]) sign(store, version);
  store.close();
  withDatabase(folder, (database) => {
    putCheckpoint(database, 'a', { hash: 'h', standing: createStanding().checkpoint() });
    createListPages(database).keeping(recordingsToList(database))();
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function open(dataDir: string): SqliteStore {
  const opened = openSqliteStore(dataDir);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function sign(store: SqliteStore, version: number): void {
  const signature = { version, digest: 'd', figures: [] };
  store.trail.edit(
    'a',
    { kind: 'sign-report', signature },
    { reader: 'Dr A', modelSha256: 'm' },
    { after: version - 1, atMs: version, store: () => store.putSignedReport('a', version, PDF) },
  );
}

function withDatabase<T>(dataDir: string, work: (database: Database) => T): T {
  const opened = openDatabase(join(dataDir, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}

const tablesOf = (database: Database): string[] =>
  database
    .all("SELECT CAST(name AS BLOB) AS name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .map(({ name }) => Buffer.from(name as ArrayBuffer).toString())
    .filter((name) => !name.startsWith('sqlite_'));

const rowsOf = (database: Database): Record<string, number> =>
  Object.fromEntries(
    tablesOf(database).map((table) => [
      table,
      Number(database.get(`SELECT count(*) AS n FROM ${table}`)?.['n']),
    ]),
  );

/** A copy of the store, for SQLite keeps what it knows of a file that was open. */
function copyWith(alter: (bytes: Buffer) => void): string {
  const dataDir = join(folder, `copy-${Math.random()}`);
  mkdirSync(dataDir);
  const bytes = readFileSync(join(folder, STORE_FILE));
  alter(bytes);
  writeFileSync(join(dataDir, STORE_FILE), bytes);
  copyFileSync(join(folder, TEXT_TRAIL_FILE), join(dataDir, TEXT_TRAIL_FILE));
  return dataDir;
}

function repaired(dataDir: string): Repaired {
  const connected = connectStore(join(dataDir, STORE_FILE));
  const answer = repairStore(dataDir, connected.ok ? connected.value : null);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('every table of the store', () => {
  it('is carried over by a repair or made anew, whether SQLite still reads the file or not', () => {
    const before = withDatabase(folder, rowsOf);
    // A table that this test does not fill would be carried over unseen.
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
    expect(Object.keys(before)).toEqual([...CARRIED, ...DERIVED].sort());
    const carried = Object.fromEntries(CARRIED.map((table) => [table, before[table]]));
    // The first page holds the schema: without it, only the pages are left.
    for (const alter of [() => undefined, (bytes: Buffer) => void bytes.fill(0xff, 100, 4096)]) {
      const dataDir = copyWith(alter);
      expect(repaired(dataDir)).toMatchObject({ lostEvents: 0, reports: 2, lostReports: 0 });
      expect(withDatabase(dataDir, rowsOf)).toMatchObject(carried);
      const store = open(dataDir);
      expect(Buffer.from(store.signedReport('a', 2)!).equals(PDF)).toBe(true);
      expect([...store.abouts().values()][0]?.patient.name).toBe('Ada');
      expect(store.settings()).toEqual({ theme: 'dark' });
      expect([...store.latestAnalyses().values()]).toMatchObject([{ flagged: 1, decided: 0 }]);
      store.close();
    }
  });

  it('is in a backup', () => {
    const target = join(folder, 'elsewhere', STORE_FILE);
    const before = withDatabase(folder, (database) => (backUp(database, target), rowsOf(database)));
    expect(withDatabase(join(folder, 'elsewhere'), rowsOf)).toEqual(before);
  });
});

describe('the pages of a signed report', () => {
  const inPdf = (bytes: Buffer): void => void (bytes[bytes.lastIndexOf('signed as it is')]! ^= 1);

  it('are not shown where they are not what was printed, and the check says so', () => {
    const dataDir = copyWith(inPdf);
    const store = open(dataDir);
    const whole = [1, 2].filter((version) => store.signedReport('a', version) !== null);
    expect(whole).toHaveLength(1);
    store.close();
    const { problems } = withDatabase(dataDir, (database) =>
      checkStore(database, join(dataDir, TEXT_TRAIL_FILE)),
    );
    expect(problems).toEqual([
      '1 signed reports are not what was printed.',
      expect.stringMatching(/^Version \d of the report of analysis a is signed, and its pages are/),
    ]);
  });

  it('that are lost are said to be', () => {
    const answer = repaired(copyWith(inPdf));
    expect(answer).toMatchObject({ lostEvents: 0, reports: 1, lostReports: 1 });
    expect(keptText(answer)).toContain('the pages of 1 signed reports are lost');
  });

  it('come back from a backup', () => {
    const dataDir = copyWith(inPdf);
    // Of the day before.
    const backups = withDatabase(folder, (database) => backUpDated(database, dataDir, new Date()));
    expect(backups.ok).toBe(true);
    expect(repaired(dataDir)).toMatchObject({ reports: 2, lostReports: 0 });
  });
});

describe('a large store', () => {
  const damage = (bytes: Buffer): void => void bytes.fill(0xff, 4096, 3 * 4096);
  const kept = { cancelled: () => false, progress: () => undefined };

  it('is opened without being read whole, and mended at the start after its damage was found', async () => {
    const dataDir = copyWith(damage);
    const suspect = join(dataDir, SUSPECT_FILE);
    const opened = openSound(dataDir, 0);
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.close();
    expect(existsSync(join(dataDir, DAMAGED_FOLDER))).toBe(false);
    const looked = await backupTask.run({ dataDir }, kept);
    expect(looked).toMatchObject({ ok: false, error: { code: 'not-readable' } });
    expect(existsSync(suspect)).toBe(true);
    // In a folder of its own: what this process has had open it keeps locked.
    const later = join(folder, 'later');
    cpSync(dataDir, later, { recursive: true });
    const again = openSound(later, 0);
    expect(again.ok && again.value.problems()).toEqual([]);
    if (again.ok) again.value.close();
    expect(existsSync(join(later, SUSPECT_FILE))).toBe(false);
    expect(existsSync(join(later, DAMAGED_FOLDER))).toBe(true);
  });
});
