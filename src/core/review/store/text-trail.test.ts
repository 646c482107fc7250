import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReviewEvent } from '../../../shared/domain';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE, TEXT_TRAIL_FILE } from './store-files';

let folder: string;
let store: SqliteStore;
const by = { reader: 'Dr A', modelSha256: 'm' };

function open(): SqliteStore {
  const opened = openSqliteStore(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}
function decide(analysisId: string, segment: number, note = ''): void {
  const edit = {
    kind: 'decide-segments' as const,
    segments: [segment],
    decision: 'agree' as const,
  };
  store.trail.edit(analysisId, { ...edit, note }, by);
}
const text = (): string => join(folder, TEXT_TRAIL_FILE);
const lines = (): string[] => readFileSync(text(), 'utf8').split('\n').slice(0, -1);
const events = (): ReviewEvent[][] => ['a', 'b'].map((id) => store.trail.events(id));

/** The store and what SQLite keeps beside it. */
function loseStore(): void {
  store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, STORE_FILE + end), { force: true });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-text-'));
  store = open();
  decide('a', 0, 'Ärztin: „sicher“\nzweite Zeile');
  decide('b', 1);
  store.trail.undo('a', by);
  decide('a', 1);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

test('every event is a line as soon as it is made, for its owner alone', () => {
  expect(lines().map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { position: 1, analysisId: 'a', sequence: 1, reader: 'Dr A', edit: { segments: [0] } },
    { position: 2, analysisId: 'b', sequence: 1 },
    { position: 3, analysisId: 'a', sequence: 2, action: 'undo' },
    { position: 4, analysisId: 'a', sequence: 3 },
  ]);
  expect(statSync(text()).mode & 0o777).toBe(0o600);
});

test('a store that is lost comes back from its text, and goes on', () => {
  const before = events();
  loseStore();
  store = open();
  expect(events()).toEqual(before);
  decide('b', 0);
  expect(lines().filter((line) => line !== '')).toHaveLength(5);
});

test('a store of an older day gets what came after it', () => {
  store.close();
  const older = readFileSync(join(folder, STORE_FILE));
  store = open();
  decide('b', 0);
  decide('a', 0);
  const before = events();
  loseStore();
  writeFileSync(join(folder, STORE_FILE), older);
  store = open();
  expect(events()).toEqual(before);
});

test('a text that was lost, or cut anywhere, is brought up to the store', () => {
  const { length } = readFileSync(text());
  const before = events();
  for (const size of [0, 1, 200, length - 1, length]) {
    store.close();
    truncateSync(text(), size);
    store = open();
    expect(events()).toEqual(before);
    loseStore();
    store = open();
    expect(events()).toEqual(before);
  }
  store.close();
  rmSync(text());
  store = open();
  expect(lines()).toHaveLength(4);
});

test('two processes leave no event out and write none twice', () => {
  const own = store;
  const other = open();
  for (let i = 0; i < 6; i++) {
    store = i % 2 === 0 ? own : other;
    decide('b', i % 2);
  }
  store = own;
  other.close();
  const positions = lines().map((line) => (JSON.parse(line) as { position: number }).position);
  expect(positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('what was changed in the text, or put into it, does not come in', () => {
  const forged = lines()
    .map((line) => line.replace('"agree"', '"overrule"'))
    .join('\n');
  loseStore();
  writeFileSync(text(), `${forged}\nno event\n`);
  store = open();
  expect(events()).toEqual([[], []]);
});

test('a text that cannot be written costs no decision', () => {
  rmSync(text());
  mkdirSync(text());
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  decide('a', 0);
  decide('b', 0);
  expect(told).toHaveBeenCalledTimes(1);
  told.mockRestore();
  rmSync(text(), { recursive: true });
  decide('b', 1);
  expect(lines()).toHaveLength(7);
});
