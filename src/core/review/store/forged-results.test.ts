import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encode } from '../../../shared/transport/codec';
import { RESULT_FORMAT } from './analysis-rows';
import { checkStore } from './check-store';
import { digestOf } from './columns';
import { connectStore, openDatabase } from './database';
import type { Database } from './sql';
import { repairStore } from './repair-store';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE, TEXT_TRAIL_FILE } from './store-files';
import { exampleAnalysis } from './testing/examples';

let folder: string;
let database: Database;

function withStore(work: (store: SqliteStore) => void, at = folder): void {
  const opened = openSqliteStore(at);
  if (!opened.ok) throw new Error(opened.error.message);
  try {
    work(opened.value);
  } finally {
    opened.value.close();
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-forged-'));
  withStore((store) => {
    for (const name of ['forged', 'whole']) store.putAnalysis(exampleAnalysis(name));
  });
  const opened = openDatabase(join(folder, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  database = opened.value;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A body as `encode` makes it, of a head that it would refuse. */
function bodyOf(head: string): Buffer {
  const padded = head.padEnd(Math.ceil(head.length / 8) * 8);
  const prefix = Buffer.from(encode(null)).subarray(0, 8);
  const bytes = Buffer.concat([prefix, Buffer.from(padded)]);
  bytes.writeUInt32LE(padded.length, 4);
  return bytes;
}

/** Puts a result in the place of another, with the digest and the format of one that this program wrote. */
function forge(result: Buffer): void {
  const names = ['analysis_id', 'content_hash', 'model_id', 'model_sha256', 'parameters', 'status'];
  const columns = [...names, 'flagged_segments'];
  const row = database.get(
    `SELECT ${columns.join(', ')} FROM analyses WHERE analysis_id = 'forged'`,
  )!;
  const values = columns.map((name) => row[name] as string);
  const digest = `${RESULT_FORMAT}:${digestOf(values, result)}`;
  database.run("UPDATE analyses SET result = ?, digest = ? WHERE analysis_id = 'forged'", [
    result,
    digest,
  ]);
}

const DEEP = 200_000;
const FORGED: Readonly<Record<string, Buffer>> = {
  'nested without end': bodyOf(`{"segments":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`),
  'nested more than any result': bodyOf(
    `{"segments":${'['.repeat(200)}${']'.repeat(200)},"beats":{},"episodes":[]}`,
  ),
  'of another shape': Buffer.from(encode({ segments: [{}], beats: 1, episodes: null })),
};

test.each(Object.keys(FORGED))('a result %s, with the digest of one of ours, is found', (name) => {
  const check = () => checkStore(database, join(folder, TEXT_TRAIL_FILE));
  expect(check()).toMatchObject({ problems: [], analyses: 2 });
  forge(FORGED[name]!);
  expect(check()).toMatchObject({
    problems: ['1 analyses are not what was written; they are made again.'],
    analyses: 1,
  });
  database.close();
  // SQLite keeps what it knows of a file that was open.
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  copyFileSync(join(folder, STORE_FILE), join(copy, STORE_FILE));
  const connected = connectStore(join(copy, STORE_FILE));
  if (!connected.ok) throw new Error(connected.error.message);
  const repaired = repairStore(copy, connected.value, 'nothing');
  expect(repaired).toMatchObject({ ok: true, value: { analyses: 1 } });
  withStore((store) => expect(store.analysis('forged')).toBeNull(), copy);
});

test('a result that is nested without end is none, and the others are there', () => {
  forge(FORGED['nested without end']!);
  database.close();
  withStore((store) => {
    expect(store.analysis('forged')).toBeNull();
    expect(store.analysis('whole')).not.toBeNull();
    expect([...store.latestAnalyses().keys()]).toHaveLength(2);
  });
});
