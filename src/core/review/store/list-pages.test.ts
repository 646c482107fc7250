import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { RecordingAbout, WorklistFigures } from '../../../shared/domain';
import { putAboutRow } from './about-rows';
import { putAnalysisRow } from './analysis-rows';
import { openDatabase } from './database';
import type { Database } from './sql';
import { createListPages, PAGE_FORMAT } from './list-pages';
import { putRecordingRow, recordingsToList } from './recording-rows';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE } from './store-files';
import { summariesToList } from './summaries';
import { exampleAnalysis, exampleRecording } from './testing/examples';

/** More than two pages of rows, and more than are written in a step. */
const ROWS = 700;

let folder: string;
let database: Database;
/** Rows that were read one by one. */
let rowsRead = 0;

function open(): Database {
  const opened = openDatabase(join(folder, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-list-pages-'));
  database = open();
  database.transaction(() => {
    for (let i = 0; i < ROWS; i++) putRecordingRow(database, exampleRecording(`r${i}`));
  });
  rowsRead = 0;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const recordings = () => {
  const source = recordingsToList(database);
  return {
    ...source,
    read(after: number, upTo: number) {
      const read = source.read(after, upTo);
      rowsRead += read.values.length;
      return read;
    },
  };
};
function listed() {
  rowsRead = 0;
  return createListPages(database).all(recordings());
}
function keep(source: Parameters<ReturnType<typeof createListPages>['keeping']>[0]): void {
  const step = createListPages(database).keeping(source);
  while (step());
}

const EXPECTED = Array.from({ length: ROWS }, (_, i) => exampleRecording(`r${i}`));

it('a list is read from its pages, of which only those of rows that changed are read row by row', () => {
  expect(listed()).toEqual(EXPECTED);
  expect(rowsRead).toBe(ROWS);
  keep(recordingsToList(database));
  expect(listed()).toEqual(EXPECTED);
  expect(rowsRead).toBe(0);
  const changed = { ...exampleRecording('r300'), openedAtMs: 99 };
  putRecordingRow(database, changed);
  putRecordingRow(database, exampleRecording('new'));
  const after = listed();
  expect(after[300]).toEqual(changed);
  expect(after.at(-1)).toEqual(exampleRecording('new'));
  expect(after).toHaveLength(ROWS + 1);
  expect(rowsRead).toBeLessThanOrEqual(3 * 128);
});

it.each([
  ['changed by another program', "UPDATE recordings SET name = 'x' WHERE name = 'r5'"],
  ['taken away', "DELETE FROM recordings WHERE name = 'r5'"],
  ['moved', "UPDATE recordings SET rowid = 5000 WHERE name = 'r5'"],
])('a row that is %s is listed as it is then', (_, sql) => {
  keep(recordingsToList(database));
  database.run(sql);
  const now = listed();
  keep(recordingsToList(database));
  database.run('DELETE FROM list_pages');
  expect(now).toEqual(listed());
  expect(now).not.toEqual(EXPECTED);
});

it('a page that is not as it was written is not believed', () => {
  keep(recordingsToList(database));
  const swapped = `CAST(replace(CAST(body AS TEXT), '"r5"', '"r6"') AS BLOB)`;
  database.run(`UPDATE list_pages SET body = ${swapped} WHERE page = 0`);
  expect(listed()).toEqual(EXPECTED);
  database.run('UPDATE list_pages SET page = page + 1 WHERE page = 5');
  expect(listed()).toEqual(EXPECTED);
});

it('a page that is not as this version writes it is written anew once it was met', () => {
  keep(recordingsToList(database));
  database.run("UPDATE list_pages SET digest = 'of an earlier version'");
  const pages = createListPages(database);
  pages.all(recordings());
  expect(rowsRead).toBe(ROWS);
  const step = pages.keeping(recordingsToList(database));
  while (step());
  listed();
  expect(rowsRead).toBe(0);
});

it('a page with a row that is not as it was written is not kept: its damage is told every time', () => {
  database.run("UPDATE recordings SET content_hash = 'other' WHERE name = 'r5'");
  keep(recordingsToList(database));
  expect(listed()[5]).toMatchObject({ name: 'r5', contentHash: null });
  expect(rowsRead).toBe(127);
});

it('an analysis is listed as of the last step of its trail, its counts and its last result', () => {
  const events = (n: number): string =>
    `INSERT INTO review_events VALUES (${n}, 'a7', ${n}, 1, 'A', 'edit', '', '', '', '', NULL, '')`;
  for (let i = 0; i < 20; i++) putAnalysisRow(database, exampleAnalysis(`a${i}`));
  const changes = [
    () => database.run("INSERT INTO review_counts VALUES ('a7', 0, 3, 1, 0, NULL)"),
    () => database.run(events(1)),
    () => database.run("INSERT OR REPLACE INTO review_counts VALUES ('a7', 1, 3, 2, 0, NULL)"),
    () => database.run("UPDATE review_counts SET decided = 3 WHERE analysis_id = 'a7'"),
    () => database.run("DELETE FROM review_counts WHERE analysis_id = 'a7'"),
    () => putAnalysisRow(database, { ...exampleAnalysis('a7'), modelId: 'other' }),
    () => database.run("DELETE FROM analyses WHERE analysis_id = 'a7'"),
  ];
  const source = summariesToList(database);
  let before = createListPages(database).all(source);
  for (const change of changes) {
    keep(source);
    change();
    const now = createListPages(database).all(source);
    expect(now).not.toEqual(before);
    expect(now).toEqual(source.read(0, 1e6).values);
    before = now;
  }
});

it('what is known of a recording is listed once, as it was said last', () => {
  const about = (name: string) => ({
    patient: { name, id: null, birthDate: null, ageYears: null, sex: null },
    ...{ durationS: 60, startClock: null, ecgLeads: 2, lead: 0 },
  });
  const store = () => {
    const opened = openSqliteStore(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  for (const name of ['Ada', 'Eve']) putAboutRow(database, name, about(name));
  const first = store();
  first.latestAnalyses();
  expect(first.abouts().size).toBe(2);
  first.putAbout('Ada', about('Ada Lovelace'));
  first.close();
  const second = store();
  expect([...second.abouts().values()].map(({ patient }) => patient.name).sort()).toEqual([
    'Ada Lovelace',
    'Eve',
  ]);
  second.close();
});

it('has a format of its own for every shape of what is listed', () => {
  const shapes = [RecordingAbout, WorklistFigures].map((shape) => z.toJSONSchema(shape));
  // Where this fails, what pages hold may have another shape now: raise PAGE_FORMAT.
  expect({
    PAGE_FORMAT,
    shapes: hash('sha256', JSON.stringify(shapes)).slice(0, 16),
  }).toEqual({ PAGE_FORMAT: 5, shapes: '259619614fb92a67' });
});

it('the rows that a run changed last have their pages when it has ended', () => {
  database.close();
  const pagesOf = (): number => {
    database = open();
    const row = database.get("SELECT count(*) AS pages FROM list_pages WHERE source = 'analyses'");
    database.close();
    return Number(row?.['pages']);
  };
  const run = (work: (store: SqliteStore) => void): void => {
    const opened = openSqliteStore(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    opened.value.latestAnalyses();
    work(opened.value);
    opened.value.close();
  };
  run(({ putAnalysis }) => putAnalysis(exampleAnalysis('a')));
  expect(pagesOf()).toBe(1);
  run(({ trail }) => {
    const decided = { kind: 'decide-segments', decision: 'agree', note: '' } as const;
    const edit = { ...decided, segments: [0] };
    expect(trail.edit('a', edit, { reader: 'Dr A', modelSha256: 'm' }).ok).toBe(true);
  });
  expect(pagesOf()).toBe(1);
  database = open();
});
