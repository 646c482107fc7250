import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { STORE_FILE } from '../../core/service';
import { openDatabase } from '../../core/review/store/database';
import { openSqliteStore } from '../../core/review/store/sqlite-store';
import { exampleAnalysis, exampleRecording } from '../../core/review/store/testing/examples';
import { storeCommand } from './store';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fiducial-store-command-'));
  vi.stubEnv('FIDUCIAL_HOME', dir);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = 0;
  rmSync(dir, { recursive: true, force: true });
});

function fill(): void {
  const opened = openSqliteStore(dir);
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.putRecording(exampleRecording('r'));
  opened.value.putAnalysis(exampleAnalysis('r'));
  opened.value.close();
}

/** Runs the command in this process, which prints one JSON object and nothing else where it succeeds. */
async function store(...args: string[]): Promise<{ json: unknown; errors: string; code: unknown }> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  out.mockClear();
  errors.mockClear();
  await storeCommand().parseAsync([...args, '--json'], { from: 'user' });
  const printed = out.mock.calls.flat().join('\n');
  return {
    json: printed === '' ? null : JSON.parse(printed),
    errors: errors.mock.calls.flat().join('\n'),
    code: process.exitCode,
  };
}

it('says as JSON what a whole store holds, and where its copy lies', async () => {
  fill();
  const path = join(dir, STORE_FILE);
  const whole = { path, recordings: 1, analyses: 1, events: 0, reports: 0, problems: [] };
  expect(await store('check')).toEqual({ json: whole, errors: '', code: 0 });
  const backup = await store('backup', '--out', join(dir, 'copy.db'));
  expect(backup).toEqual({ json: { path: join(dir, 'copy.db') }, errors: '', code: 0 });
});

it('says as JSON what is wrong with a damaged store, and what a repair kept', async () => {
  fill();
  const opened = openDatabase(join(dir, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.run("UPDATE analyses SET status = status || x'20'");
  opened.value.close();
  const checked = await store('check');
  const { problems } = checked.json as { problems: string[] };
  expect(problems).toEqual(['1 analyses are not what was written; they are made again.']);
  expect([checked.code, checked.errors]).toEqual([1, '']);
  // In this process the file was open: a copy was not.
  const copied = mkdtempSync(join(tmpdir(), 'fiducial-store-copy-'));
  onTestFinished(() => rmSync(copied, { recursive: true, force: true }));
  cpSync(dir, copied, { recursive: true });
  vi.stubEnv('FIDUCIAL_HOME', copied);
  const repaired = await store('repair');
  expect([repaired.code, repaired.errors]).toEqual([0, '']);
  expect(repaired.json).toMatchObject({ events: 0, lostEvents: 0, lostReports: 0 });
  expect((repaired.json as { setAside: string }).setAside.startsWith(copied)).toBe(true);
  expect((await store('check')).json).toMatchObject({ problems: [] });
});

it('prints no JSON where there is no store', async () => {
  expect(await store('check')).toMatchObject({ json: null, code: 1 });
  expect((await store('repair')).errors).toContain('There is no store');
});
