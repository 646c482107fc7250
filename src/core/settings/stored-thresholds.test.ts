import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS } from '../../shared/domain';
import { openSqliteStore } from '../review/store/sqlite-store';
import { STORE_FILE } from '../review/store/store-files';
import { settingsHandlers, storedThresholds } from './handlers';
import { valueOf } from '../../shared/domain/testing/value-of';

const context = { signal: new AbortController().signal };
let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'fiducial-thresholds-'))));
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

it('are the reader’s, while the store is open elsewhere and after, also without those of a later version', async () => {
  const findings = { ...DEFAULT_FINDING_THRESHOLDS, pauseS: 3, bradycardiaBpm: 40 };
  const store = valueOf(openSqliteStore(dir));
  valueOf(await settingsHandlers(store)['settings.set']({ findings }, context));
  expect(storedThresholds(dir)).toEqual(findings);
  const older = JSON.parse(JSON.stringify({ ...findings, wideQrsMs: undefined })) as unknown;
  await store.putSettings({ findings: older } as never);
  store.close();
  expect(storedThresholds(dir)).toEqual(findings);
});

it('are the defaults where there is no store or it is none, and no store is made', async () => {
  expect(storedThresholds(join(dir, 'nowhere'))).toEqual(DEFAULT_FINDING_THRESHOLDS);
  expect(await readdir(dir)).toEqual([]);
  await writeFile(join(dir, STORE_FILE), 'this is no store of anything');
  expect(storedThresholds(dir)).toEqual(DEFAULT_FINDING_THRESHOLDS);
});
