import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from './database';
import type { Database } from './sql';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-database-'));
  path = join(folder, 'fiducial.db');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function open(at: string): Database {
  const opened = openDatabase(at);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** What the file by itself holds, as a backup that copies it would. */
function aloneHolds(key: string): boolean {
  const copy = join(folder, `copy-${Math.random()}.db`);
  copyFileSync(path, copy);
  const database = open(copy);
  const row = database.get('SELECT value FROM settings WHERE key = ?', [key]);
  database.close();
  return row !== undefined;
}

const put = (database: Database, key: string): void =>
  database.run("INSERT INTO settings (key, value) VALUES (?, '{}')", [key]);

it('holds everything in its one file when it is closed', () => {
  const database = open(path);
  put(database, 'kept');
  database.get('SELECT * FROM settings');
  expect(aloneHolds('kept')).toBe(false);
  database.close();
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  expect(aloneHolds('kept')).toBe(true);
});

it('brings everything into its one file when nothing has been written for a while', () => {
  vi.useFakeTimers();
  const database = open(path);
  put(database, 'first');
  vi.advanceTimersByTime(1500);
  put(database, 'second');
  vi.advanceTimersByTime(1500);
  expect(aloneHolds('second')).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(aloneHolds('first') && aloneHolds('second')).toBe(true);
  database.close();
});

it('loses nothing, and does not wait for long, while another process reads', () => {
  const database = open(path);
  const other = open(path);
  put(database, 'kept');
  expect(other.get('SELECT * FROM settings')).toBeDefined();
  const start = performance.now();
  database.close();
  expect(performance.now() - start).toBeLessThan(2000);
  expect(other.get("SELECT value FROM settings WHERE key = 'kept'")).toBeDefined();
  other.close();
});

it('waits for the disk with every lasting change, also after one that need not last', () => {
  const database = open(path);
  const level = (): unknown => database.get('PRAGMA synchronous')?.['synchronous'];
  const [normal, full] = [1, 2];
  expect(level()).toBe(full);
  const isLasting = false;
  expect(database.transaction(level, isLasting)).toBe(normal);
  expect(level()).toBe(full);
  const refuse = (): never => {
    put(database, 'refused');
    throw new Error('refused');
  };
  expect(() => database.transaction(refuse, isLasting)).toThrow('refused');
  expect([level(), database.transaction(level)]).toEqual([full, full]);
  expect(database.get("SELECT 1 FROM settings WHERE key = 'refused'")).toBeUndefined();
  database.close();
});
