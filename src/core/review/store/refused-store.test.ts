import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './database';
import { retryStore } from './retry-store';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE } from './store-files';
import { exampleAnalysis, exampleRecording } from './testing/examples';
import { canMountDisk, fillDisk, mount, mountDisk } from '../../base/testing/own-disk';

const by = { reader: 'x', modelSha256: 'm' };
const agree = {
  kind: 'decide-segments' as const,
  segments: [0],
  decision: 'agree' as const,
  note: 'n'.repeat(3000),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-refused-'));
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

function filled(dataDir: string): SqliteStore {
  const store = open(dataDir);
  store.putRecording(exampleRecording('a'));
  store.putAnalysis(exampleAnalysis('a'));
  store.trail.edit('a', agree, by);
  return store;
}

function expectReadable(store: SqliteStore, events: number): void {
  expect(store.analysis('a')).toEqual(exampleAnalysis('a'));
  expect(store.trail.events('a')).toHaveLength(events);
  expect(store.latestAnalyses().size).toBe(1);
}

describe('a store that another program holds', () => {
  it('is waited for without holding anybody up, and then takes the change once', async () => {
    const store = filled(folder);
    const other = openDatabase(join(folder, STORE_FILE));
    if (!other.ok) throw new Error(other.error.message);
    const { value: elsewhere } = other;
    elsewhere.run('BEGIN IMMEDIATE');
    let ticks = 0;
    const ticking = setInterval(() => {
      if (++ticks === 3) elsewhere.run('COMMIT');
      expectReadable(store, 1);
    }, 20);
    await retryStore(() => store.trail.edit('a', agree, by));
    clearInterval(ticking);
    expect(ticks).toBeGreaterThanOrEqual(3);
    expectReadable(store, 2);
    elsewhere.close();
    store.close();
  });

  it('says so when it stays locked, and a recording can be opened all the same', async () => {
    const store = filled(folder);
    const other = openDatabase(join(folder, STORE_FILE));
    if (!other.ok) throw new Error(other.error.message);
    other.value.run('BEGIN IMMEDIATE');
    await expect(retryStore(() => store.trail.edit('a', agree, by), 200)).rejects.toThrow(
      /Another program holds the store .* locked, nothing was saved: do it again/,
    );
    store.putRecording(exampleRecording('b'));
    expect(store.recordings()).toEqual([exampleRecording('a'), exampleRecording('b')]);
    expect(store.recording(exampleRecording('b').recordingId)).toEqual(exampleRecording('b'));
    // A change that was refused outside of a transaction must not stand in the way of the next.
    expect(() => store.putSettings({ theme: 'dark' } as never)).toThrow(/locked/);
    other.value.run('COMMIT');
    expectReadable(store, 1);
    store.trail.edit('a', agree, by);
    store.putSettings({ theme: 'dark' } as never);
    expectReadable(store, 2);
    other.value.close();
    store.close();
  });
});

describe.skipIf(!canMountDisk())('a disk of its own', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(mountDisk(folder, '2m')).toBe(true);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', folder]);
  });

  it('that is full: a change says so and what to do, reading goes on, and it passes when there is room', () => {
    const store = filled(folder);
    const filler = fillDisk(folder);
    let kept = 1;
    let refused: unknown = null;
    for (let i = 0; i < 2000 && !refused; i++) {
      try {
        store.trail.edit('a', agree, by);
        kept++;
      } catch (cause) {
        refused = cause;
      }
    }
    expect(String(refused)).toMatch(/is full, nothing was saved: free some space/);
    expectReadable(store, kept);
    rmSync(filler);
    store.trail.edit('a', agree, by);
    expectReadable(store, kept + 1);
    store.close();
  });

  it('that is full already: the store opens for reading', () => {
    filled(folder).close();
    fillDisk(folder);
    const store = open(folder);
    expectReadable(store, 1);
    store.close();
  });

  it('that is read-only: the store opens for reading, and a change says so', () => {
    // Made elsewhere: what this process has open can be no read-only disk.
    const elsewhere = mkdtempSync(join(tmpdir(), 'fiducial-made-'));
    filled(elsewhere).close();
    copyFileSync(join(elsewhere, STORE_FILE), join(folder, STORE_FILE));
    rmSync(elsewhere, { recursive: true });
    expect(mount('-o', 'remount,ro', folder)).toBe(true);
    const store = open(folder);
    expectReadable(store, 1);
    expect(() => store.trail.edit('a', agree, by)).toThrow(
      /is read-only, nothing was saved: make it and its folder writable/,
    );
    expectReadable(store, 1);
    store.putRecording(exampleRecording('b'));
    expect(store.recordings()).toHaveLength(2);
    store.close();
  });
});
