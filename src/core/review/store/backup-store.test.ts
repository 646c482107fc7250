import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUp, backUpDaily, backupsOf } from './backup-store';
import { checkStore } from './check-store';
import { openDatabase } from './database';
import type { Database } from './sql';
import { openSqliteStore } from './sqlite-store';
import { BACKUP_FOLDER, STORE_FILE, TEXT_TRAIL_FILE } from './store-files';
import { exampleAnalysis, exampleRecording } from './testing/examples';

let folder: string;
let database: Database;
const textPath = (): string => join(folder, TEXT_TRAIL_FILE);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-backup-'));
  const store = openSqliteStore(folder);
  if (!store.ok) throw new Error(store.error.message);
  store.value.putRecording(exampleRecording('a'));
  store.value.putAnalysis(exampleAnalysis('a'));
  for (const segments of [[0], [1], [0, 1]]) {
    store.value.trail.edit(
      'a',
      { kind: 'decide-segments', segments, decision: 'agree', note: '' },
      { reader: 'x', modelSha256: 'm' },
    );
  }
  store.value.close();
  const opened = openDatabase(join(folder, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  database = opened.value;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('a day has one backup, a whole store, and five are kept', () => {
  for (let day = 1; day <= 7; day++) {
    const now = new Date(Date.UTC(2030, 0, day, 12));
    const made = backUpDaily(database, folder, now);
    if (!made.ok || made.value === null) throw new Error('no backup');
    utimesSync(made.value, now, now);
    expect(backUpDaily(database, folder, new Date(now.getTime() + 3600_000))).toEqual({
      ok: true,
      value: null,
    });
  }
  const names = readdirSync(join(folder, BACKUP_FOLDER));
  expect(names.sort()[0]).toBe('fiducial-20300103T120000Z.db');
  expect(names).toHaveLength(5);

  const elsewhere = join(folder, 'restored');
  mkdirSync(elsewhere);
  copyFileSync(backupsOf(folder).at(-1)!, join(elsewhere, STORE_FILE));
  const restored = openSqliteStore(elsewhere);
  if (!restored.ok) throw new Error(restored.error.message);
  expect(restored.value.analysis('a')).toEqual(exampleAnalysis('a'));
  expect(restored.value.trail.events('a')).toHaveLength(3);
  restored.value.close();
});

test('no file is replaced by a backup', () => {
  const target = join(folder, 'own.txt');
  writeFileSync(target, 'own');
  expect(backUp(database, target)).toMatchObject({ ok: false, error: { code: 'not-writable' } });
  expect(readFileSync(target, 'utf8')).toBe('own');
});

test('a store that is as it was written has no problems', () => {
  expect(checkStore(database, textPath())).toEqual({
    problems: [],
    recordings: 1,
    analyses: 1,
    events: 3,
    reports: 0,
  });
});

test.each([
  ["UPDATE analyses SET status = status || x'20'", /1 analyses are not what was written/],
  [`UPDATE recordings SET header_path = CAST(x'ff' AS TEXT)`, /1 recordings cannot be read/],
  ['DELETE FROM review_events WHERE sequence = 2', /1 steps of decisions are missing/],
  ['DELETE FROM review_events WHERE sequence = 3', /text trail holds 1 steps that the store does/],
  [`UPDATE review_events SET reader = 'y' WHERE sequence = 2`, /step 2 of its decisions/],
])('%s is found', (change, problem) => {
  database.run('DROP TRIGGER review_events_keep');
  database.run('DROP TRIGGER review_events_stay');
  database.run(change);
  expect(checkStore(database, textPath()).problems.join('\n')).toMatch(problem);
});
