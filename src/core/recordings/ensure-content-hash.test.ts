import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { statedPath } from '../base/stated-path';
import { recordingIdOf } from '../base/recording-id';
import { openRecording } from '../formats/list';
import { openSqliteStore } from '../review/store/sqlite-store';
import { createInlinePool } from '../workers/inline-pool';
import { ensureContentHash } from './ensure-content-hash';
import { createLibrary } from './library';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-hash-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('keeps no hash of a path under a row whose path was restated meanwhile, and takes none from it', async () => {
  const file = path.join(dir, 'bare.csv');
  await writeFile(
    file,
    `sample,MLII\n${Array.from({ length: 300 }, (_, k) => `${k},${k % 9}`).join('\n')}\n`,
  );
  const before = statedPath(file, { samplingRateHz: 100, gainAduPerMv: 200 });
  const after = statedPath(file, { samplingRateHz: 250, gainAduPerMv: 200 });
  const store = openSqliteStore(path.join(dir, 'store'));
  if (!store.ok) throw new Error(store.error.message);
  const library = createLibrary({
    store: store.value,
    activityOf: () => null,
    onChange: () => undefined,
  });
  library.add(file);
  const recordingId = recordingIdOf(file);
  const hashOf = async (of: string): Promise<string> => {
    const opened = await openRecording(of);
    if (!opened.ok) throw new Error(opened.error.message);
    const row = { recordingId, path: of };
    const hash = await ensureContentHash(library, createInlinePool(), row, opened.value);
    await opened.value.close();
    if (!hash.ok) throw new Error(hash.error.message);
    return hash.value;
  };

  library.update(recordingId, { path: after });
  const old = await hashOf(before);
  expect(library.find(recordingId)).toMatchObject({ value: { contentHash: null, path: after } });

  const now = await hashOf(after);
  expect(now).not.toBe(old);
  expect(library.find(recordingId)).toMatchObject({ value: { contentHash: now } });
  expect(await hashOf(before)).toBe(old);
  store.value.close();
});
