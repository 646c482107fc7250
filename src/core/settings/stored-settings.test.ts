import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS } from '../../shared/domain';
import { createDocuments } from '../base/documents';
import * as databases from '../review/store/database';
import { openDatabase } from '../review/store/database';
import { openSqliteStore } from '../review/store/sqlite-store';
import { STORE_FILE } from '../review/store/store-files';
import { readSettings, settingsHandlers } from './handlers';
import { createStoredSettings, OUR_SETTINGS, type AnswerSettings } from './stored-settings';
import { valueOf } from '../../shared/domain/testing/value-of';

const context = { signal: new AbortController().signal };
let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'fiducial-thresholds-'))));
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

const read = (folder = dir): AnswerSettings => createStoredSettings(folder)();

it('are the reader’s, while the store is open elsewhere and after, also without those of a later version', async () => {
  const findings = { ...DEFAULT_FINDING_THRESHOLDS, pauseS: 3, bradycardiaBpm: 40 };
  const store = valueOf(openSqliteStore(dir));
  valueOf(
    await settingsHandlers(store, createDocuments(dir))['settings.set'](
      { findings, modelId: 'm' },
      context,
    ),
  );
  expect(read()).toEqual({ findings, modelId: 'm', warnings: [] });
  const older = JSON.parse(JSON.stringify({ ...findings, wideQrsMs: undefined })) as unknown;
  await store.putSettings({ findings: older } as never);
  store.close();
  expect(read()).toEqual({ findings, modelId: null, warnings: [] });
});

it('are the defaults where there is no store, and none is made', async () => {
  expect(read(join(dir, 'nowhere'))).toEqual(OUR_SETTINGS);
  expect(await readdir(dir)).toEqual([]);
});

it('are the defaults with a warning where the store or their row cannot be read', async () => {
  const unread = { ...OUR_SETTINGS, warnings: [{ code: 'settings-unread' }] };
  const store = valueOf(openSqliteStore(dir));
  await store.putSettings({} as never);
  store.close();
  const database = valueOf(openDatabase(join(dir, STORE_FILE)));
  database.run(`UPDATE settings SET value = 'no JSON'`);
  database.close();
  expect(read()).toMatchObject(unread);
  await writeFile(join(dir, STORE_FILE), 'this is no store of anything');
  expect(read()).toMatchObject(unread);
});

it('go to another machine as a file, and come from one whole or not at all', async () => {
  const store = valueOf(openSqliteStore(dir));
  const documents = createDocuments(dir);
  const handlers = settingsHandlers(store, documents);
  valueOf(await handlers['settings.set']({ mainsHz: 60, readerName: 'Dr A' }, context));
  const { documentId } = valueOf(await handlers['settings.export']({}, context));
  const json = await readFile(valueOf(await documents.find(documentId)).path, 'utf8');
  const theirs = await handlers['settings.set']({ mainsHz: null, readerName: 'Dr B' }, context);
  const taken = { name: 's.json', json };
  const wrong = { name: 's.json', json: json.replace('"clockHours": 24', '"clockHours": 7') };
  expect(await handlers['settings.import'](wrong, context)).toMatchObject({
    error: { code: 'bad-input', said: { values: { field: 'clockHours', value: '7' } } },
  });
  expect(await handlers['settings.get']({}, context)).toEqual(theirs);
  expect(await handlers['settings.import'](taken, context)).toEqual({
    ok: true,
    value: { ...valueOf(theirs), mainsHz: 60 },
  });
  expect(readSettings(store)).toMatchObject({ mainsHz: 60, readerName: 'Dr B' });
  documents.close();
  store.close();
});

it('are read once for every change of the store', async () => {
  const connected = vi.spyOn(databases, 'connectStore');
  const store = valueOf(openSqliteStore(dir));
  const settings = createStoredSettings(dir);
  const pause = async (pauseS: number): Promise<void> => {
    const findings = { ...DEFAULT_FINDING_THRESHOLDS, pauseS };
    valueOf(
      await settingsHandlers(store, createDocuments(dir))['settings.set']({ findings }, context),
    );
  };
  for (const pauseS of [2.5, 3]) {
    await pause(pauseS);
    expect(settings().findings.pauseS).toBe(pauseS);
    expect(connected).toHaveBeenCalled();
    connected.mockClear();
    for (let times = 0; times < 10; times++) expect(settings().findings.pauseS).toBe(pauseS);
    expect(connected).not.toHaveBeenCalled();
  }
  store.close();
});
