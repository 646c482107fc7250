import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDocuments, type Documents } from './documents';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-documents-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function made(documents: Documents, name: string): Promise<{ id: string; path: string }> {
  const reserved = await documents.reserve(name);
  if (!reserved.ok) throw new Error(reserved.error.message);
  const { documentId, path } = reserved.value;
  writeFileSync(path, name);
  await documents.publish(documentId, path, { suggestedName: name, mediaType: 'text/plain' });
  return { id: documentId, path };
}

const left = (): string[] => readdirSync(join(folder, 'documents'));

test('what processes left that are gone is removed at start, what another one shows is not', async () => {
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  for (const name of [`${gone}-a`, `${process.ppid}-b`, '0f1e2d3c-of-an-earlier-version']) {
    mkdirSync(join(folder, 'documents', name), { recursive: true });
    writeFileSync(join(folder, 'documents', name, 'report.pdf'), 'a name');
  }
  const documents = createDocuments(folder);
  expect(left()).toEqual([`${process.ppid}-b`]);
  const { path } = await made(documents, 'own.pdf');
  createDocuments(folder);
  expect(existsSync(path)).toBe(true);
});

test('documents are removed when the service is closed', async () => {
  const documents = createDocuments(folder);
  const { id } = await made(documents, 'report.pdf');
  expect(await documents.find(id)).toMatchObject({ ok: true });
  documents.close();
  expect(left()).toEqual([]);
});

test('of many the last fifty are kept', async () => {
  const documents = createDocuments(folder);
  const all = [];
  for (let i = 0; i < 53; i++) all.push(await made(documents, `${i}.pdf`));
  expect(left()).toHaveLength(50);
  expect(existsSync(dirname(all[2]!.path))).toBe(false);
  expect(await documents.find(all[2]!.id)).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  expect(await documents.find(all[3]!.id)).toMatchObject({ ok: true });
});
