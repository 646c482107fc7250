import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract';
import { createRandom } from '../../synthesis/random';
import { connectStore, openDatabase } from './database';
import { createListPages } from './list-pages';
import { recordingsToList } from './recording-rows';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { repairStore } from './repair-store';
import { summariesToList } from './summaries';
import { DAMAGED_FOLDER, STORE_FILE, TEXT_TRAIL_FILE } from './store-files';
import { exampleAnalysis, exampleRecording } from './testing/examples';

const PAGE_BYTES = 4096;
const STEPS = 8;
const NAMES = Array.from({ length: 6 }, (_, i) => `r${i}`);
/** Recordings that were never analysed. */
const OTHERS = Array.from({ length: 25 }, (_, i) => `other${i}`);

let folder: string;
let whole: string;
let pages: number;

function open(dataDir: string): SqliteStore {
  const opened = openSqliteStore(dataDir);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** As a store has them that was listed before. */
function keepPages(path: string): void {
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(opened.error.message);
  const database = opened.value;
  const lists = createListPages(database);
  lists.keeping(recordingsToList(database))();
  lists.keeping(summariesToList(database))();
  database.close();
}

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'fiducial-pages-'));
  whole = join(folder, 'whole');
  const store = open(whole);
  store.putSettings({ ...DEFAULT_SETTINGS, theme: 'dark' });
  for (const [i, name] of NAMES.entries()) {
    store.putRecording(exampleRecording(name));
    store.putAnalysis(exampleAnalysis(name, 40 * i));
    for (let step = 0; step < STEPS; step++) {
      const edit = {
        kind: 'decide-segments' as const,
        segments: [step % 2],
        note: 'n'.repeat(20 * step),
      };
      const by = { reader: step % 3 === 0 ? 'Dr A' : 'Dr B', modelSha256: 'm' };
      store.trail.edit(name, { ...edit, decision: step % 2 === 0 ? 'agree' : 'unsure' }, by);
    }
  }
  for (const name of OTHERS) store.putRecording(exampleRecording(name));
  store.close();
  keepPages(join(whole, STORE_FILE));
  pages = readFileSync(join(whole, STORE_FILE)).length / PAGE_BYTES;
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const random = createRandom(7).uniform;
const DAMAGES: [string, (page: Buffer) => void][] = [
  ['emptied', (page) => void page.fill(0)],
  ['of random bytes', (page) => page.forEach((_, i) => (page[i] = Math.floor(random() * 256)))],
  [
    'with some flipped bits',
    (page) => {
      for (let k = 0; k < 8; k++) {
        const at = Math.floor(random() * page.length);
        page[at] = page[at]! ^ (1 << Math.floor(random() * 8));
      }
    },
  ],
  ['whose second half is another’s', (page) => void page.copy(page, PAGE_BYTES / 2, 0)],
];

/** A store one page of which is damaged, in a folder of its own: SQLite keeps what it knows of an open file. */
function damagedStore(page: number, damage: (bytes: Buffer) => void): string {
  const dataDir = join(folder, `${page}-${Math.random()}`);
  mkdirSync(dataDir);
  const bytes = readFileSync(join(whole, STORE_FILE));
  damage(bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
  writeFileSync(join(dataDir, STORE_FILE), bytes);
  copyFileSync(join(whole, TEXT_TRAIL_FILE), join(dataDir, TEXT_TRAIL_FILE));
  return dataDir;
}

/** Records of which something is not as it was, at most those that lay on the page. */
function changedIn(store: SqliteStore): { recordings: number; analyses: number; trails: number } {
  const trailOf = (name: string): number => {
    try {
      return store.trail.events(name).length;
    } catch {
      return -1;
    }
  };
  const recordings = store.recordings();
  return {
    recordings: [...NAMES, ...OTHERS].filter(
      (name) => !recordings.some((found) => isDeepStrictEqual(found, exampleRecording(name))),
    ).length,
    analyses: NAMES.filter(
      (name, i) =>
        !isDeepStrictEqual(store.analysis(name)?.result, exampleAnalysis(name, 40 * i).result),
    ).length,
    trails: NAMES.filter((name) => trailOf(name) !== STEPS).length,
  };
}

const wasMended = (dataDir: string): boolean => existsSync(join(dataDir, DAMAGED_FOLDER));

/** What `fiducial store repair` makes of a store whose structure is whole and which opened as it is. */
function repairedCopy(store: SqliteStore, dataDir: string): SqliteStore {
  store.close();
  // In a folder of its own: a closed store stays locked for as long as this process lives.
  const again = join(dataDir, 'again');
  mkdirSync(again);
  for (const file of [STORE_FILE, TEXT_TRAIL_FILE]) {
    copyFileSync(join(dataDir, file), join(again, file));
  }
  const connected = connectStore(join(again, STORE_FILE));
  const repaired = repairStore(again, connected.ok ? connected.value : null);
  expect(repaired).toMatchObject({ ok: true, value: { lostEvents: 0 } });
  return open(again);
}

test.each(DAMAGES)(
  'every page %s, one at a time: the rest is whole, every decision comes back',
  (_, damage) => {
    const most = { recordings: 0, analyses: 0 };
    for (let page = 0; page < pages; page++) {
      const dataDir = damagedStore(page, damage);
      const store = open(dataDir);
      store.latestAnalyses();
      store.settings();
      const mended = wasMended(dataDir) ? store : repairedCopy(store, dataDir);
      const { recordings, analyses, trails } = changedIn(mended);
      expect.soft(trails, `page ${page}`).toBe(0);
      most.recordings = Math.max(most.recordings, recordings);
      most.analyses = Math.max(most.analyses, analyses);
      mended.trail.edit(
        'r1',
        { kind: 'decide-segments', segments: [0], decision: 'agree', note: '' },
        { reader: 'x', modelSha256: 'm' },
      );
      mended.close();
      rmSync(dataDir, { recursive: true });
    }
    console.log(
      `${pages} pages: at most ${most.recordings} recordings, ${most.analyses} analyses missing`,
    );
    // Those that one page holds.
    expect(most.analyses).toBeLessThanOrEqual(4);
  },
  120_000,
);
