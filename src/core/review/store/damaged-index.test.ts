import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { valueOf } from '../../../shared/domain/testing/value-of';
import { openSqliteStore } from './sqlite-store';
import { STORE_FILE, SUSPECT_FILE, TEXT_TRAIL_FILE } from './store-files';
import { exampleAnalysis, exampleRecording } from './testing/examples';

const NAMES = ['r1', 'r2', 'r3', 'r4'];

/** Lets the index of analyses lead to a row that there is not: the check of every start does not look there. */
function misleadIndex(path: string, analysisId: string, rowid: number): void {
  const bytes = readFileSync(path);
  const entry = Buffer.concat([Buffer.from(analysisId), Buffer.from([rowid])]);
  const at = bytes.indexOf(entry);
  expect(at).toBeGreaterThan(0);
  bytes[at + analysisId.length] = 0x7f;
  writeFileSync(path, bytes);
}

test('an index that misleads costs one recording its counts, and is mended at the next start', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const [made, damaged, again] = ['made', 'damaged', 'again'].map((name) =>
    mkdtempSync(join(tmpdir(), `fiducial-index-${name}-`)),
  ) as [string, string, string];
  // In folders of their own: SQLite keeps what it knows of a file that was open.
  const copy = (from: string, to: string): void => {
    for (const name of [STORE_FILE, TEXT_TRAIL_FILE, SUSPECT_FILE]) {
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
    }
  };
  const store = valueOf(openSqliteStore(made));
  for (const name of NAMES) {
    store.putRecording(exampleRecording(name));
    store.putAnalysis(exampleAnalysis(name));
    const edit = { kind: 'decide-segments' as const, segments: [0], note: '' };
    store.trail.edit(name, { ...edit, decision: 'agree' }, { reader: 'A', modelSha256: 'm' });
  }
  store.close();
  copy(made, damaged);
  misleadIndex(join(damaged, STORE_FILE), 'r3', 3);

  const misled = valueOf(openSqliteStore(damaged));
  const listed = misled.latestAnalyses();
  expect(listed.get('content-r2')).toMatchObject({ flagged: 1, decided: 1 });
  expect(listed.get('content-r3')?.damage?.said?.key).toBe('failures.storeDamaged');
  misled.close();
  expect(existsSync(join(damaged, SUSPECT_FILE))).toBe(true);

  copy(damaged, again);
  const mended = valueOf(openSqliteStore(again));
  expect(existsSync(join(again, SUSPECT_FILE))).toBe(false);
  for (const name of NAMES) {
    expect(mended.analysis(name)?.result).toEqual(exampleAnalysis(name).result);
    expect(mended.latestAnalyses().get(`content-${name}`)).toMatchObject({ decided: 1 });
  }
  mended.close();
  vi.restoreAllMocks();
  for (const folder of [made, damaged, again]) rmSync(folder, { recursive: true });
});
