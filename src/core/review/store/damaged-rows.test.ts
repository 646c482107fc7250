import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingIdOf } from '../../base/recording-id';
import { openDatabase } from './database';
import type { Database } from './sql';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE } from './store-files';
import { StoreFailure } from './store-failure';
import { exampleAnalysis, exampleRecording } from './testing/examples';

let folder: string;
let store: SqliteStore;
let elsewhere: Database;

const by = { reader: 'Dr A', modelSha256: 'm' };
const agree = (segment: number) => ({
  kind: 'decide-segments' as const,
  segments: [segment],
  decision: 'agree' as const,
  note: '',
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-damaged-'));
  const opened = openSqliteStore(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  const database = openDatabase(join(folder, STORE_FILE));
  if (!database.ok) throw new Error(database.error.message);
  elsewhere = database.value;
  for (const id of ['a', 'b']) {
    store.putRecording(exampleRecording(id));
    store.putAnalysis(exampleAnalysis(id));
    for (const segment of [0, 1, 0]) store.trail.edit(id, agree(segment), by);
  }
  elsewhere.run('DROP TRIGGER review_events_keep');
  elsewhere.run('DROP TRIGGER review_events_stay');
});
afterEach(() => {
  elsewhere.close();
  store.close();
  rmSync(folder, { recursive: true });
});

/** Bytes that are no UTF-8: the SQL library ends the process that reads them as a text. */
const NO_TEXT = "CAST(x'61ff62' AS TEXT)";

function expectOtherWhole(): void {
  expect(store.recording(recordingIdOf('/records/b.hea'))).toEqual(exampleRecording('b'));
  expect(store.analysis('b')).toEqual(exampleAnalysis('b'));
  expect(store.trail.events('b')).toHaveLength(3);
  expect(store.latestAnalyses().get('content-b')).toMatchObject({ flagged: 1, decided: 1 });
  expect(store.recordings()).toContainEqual(exampleRecording('b'));
}

test.each(['name', 'folder', 'fingerprint', 'content_hash'])(
  'of a recording whose %s is damaged the path is left',
  (column) => {
    elsewhere.run(`UPDATE recordings SET ${column} = ${NO_TEXT} WHERE name = 'a'`);
    const found = store.recordings().find(({ path }) => path === '/records/a.hea');
    expect(found).toMatchObject({ name: 'a', contentHash: null, fingerprint: null });
    expectOtherWhole();
  },
);

test('a content hash that is another one than was written is not believed', () => {
  elsewhere.run(`UPDATE recordings SET content_hash = 'content-b' WHERE name = 'a'`);
  expect(store.recording(recordingIdOf('/records/a.hea'))?.contentHash).toBeNull();
});

test('a recording without its path is left out', () => {
  elsewhere.run(`UPDATE recordings SET header_path = ${NO_TEXT} WHERE name = 'a'`);
  expect(store.recordings()).toHaveLength(1);
  expectOtherWhole();
});

test.each([
  ['model_id', NO_TEXT],
  ['parameters', NO_TEXT],
  ['status', `'{'`],
  ['result', `x'00'`],
  ['flagged_segments', NO_TEXT],
])('an analysis whose %s is damaged is made again', (column, value) => {
  elsewhere.run(`UPDATE analyses SET ${column} = ${value} WHERE analysis_id = 'a'`);
  expect(store.analysis('a')).toBeNull();
  expect(store.trail.events('a')).toHaveLength(3);
  store.putAnalysis(exampleAnalysis('a'));
  expect(store.analysis('a')).toEqual(exampleAnalysis('a'));
  expectOtherWhole();
});

test('a verdict that was changed in the file is not shown as ours', () => {
  const text = Buffer.from(exampleAnalysis('a').result.segments[0]!.verdict);
  elsewhere.run(
    `UPDATE analyses SET result = CAST(replace(CAST(result AS TEXT), ?, 'Borderln') AS BLOB) WHERE analysis_id = 'a'`,
    [text.toString()],
  );
  expect(store.analysis('a')).toBeNull();
  expectOtherWhole();
});

test.each([
  ['a changed decision', `UPDATE review_events SET edit = replace(edit, 'agree', 'unsure')`],
  ['another reader', `UPDATE review_events SET reader = 'Dr B'`],
  ['a text that is none', `UPDATE review_events SET reader = ${NO_TEXT}`],
  ['a missing step', `DELETE FROM review_events`],
  ['another hash', `UPDATE review_events SET hash = 'x'`],
])('%s in the trail is that record’s error', (_, change) => {
  elsewhere.run(`${change} WHERE analysis_id = 'a' AND sequence = 2`);
  store.close();
  const opened = openSqliteStore(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  expect(() => store.trail.events('a')).toThrow(StoreFailure);
  expect(() => store.trail.standing('a')).toThrow(/Step 2 of the decisions/);
  expect(() => store.trail.edit('a', agree(1), by)).toThrow(/Step 2/);
  expect(store.latestAnalyses().get('content-a')).toMatchObject({
    flagged: 1,
    decided: 0,
    damage: {
      message: expect.stringContaining('Step 2') as string,
      said: { key: 'failures.stepMissing' },
    },
  });
  expectOtherWhole();
});

test('a step of a kind that this version does not know is that record’s error', () => {
  store.trail.adopt(
    'c',
    [
      {
        sequence: 1,
        atMs: 1,
        reader: 'x',
        action: 'edit',
        edit: agree(0),
        before: [],
        after: [],
        modelSha256: 'm',
      },
      {
        sequence: 2,
        atMs: 1,
        reader: 'x',
        action: 'edit',
        edit: { kind: 'sign' } as never,
        before: [],
        after: [],
        modelSha256: 'm',
      },
    ],
    { from: 'r.json', by: 'x', atMs: 2 },
  );
  expect(() => store.trail.events('c')).toThrow(/use the newer one/);
  // As often as it is asked for: nothing of what could not be read is kept.
  for (let times = 0; times < 2; times++)
    expect(() => store.trail.standing('c')).toThrow(/Step 2 .* use the newer one/s);
  expectOtherWhole();
});
