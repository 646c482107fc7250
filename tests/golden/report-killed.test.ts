import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/**
 * A report that was killed at any moment has left either no file under its name or the whole one. What it was writing
 * lies beside it, hidden, until the next report into this folder takes it away.
 */
const PROJECT = join(import.meta.dirname, '../..');
const KILLS = 6;

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'fiducial-killed-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

/** Runs `fiducial report` on the demo. @returns how long it took, ms, and its exit code; null when it was killed */
function report(
  out: string,
  killAfterMs: number | null,
): Promise<{ ms: number; code: number | null }> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(PROJECT, 'bin/fiducial.mjs'),
      'report',
      join(PROJECT, 'resources/demo/demo.hea'),
      '--out',
      out,
    ],
    { env: { ...process.env, FIDUCIAL_HOME: join(dir, 'store') }, stdio: 'ignore' },
  );
  const timer =
    killAfterMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) =>
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ ms: performance.now() - start, code });
    }),
  );
}

function isWhole(path: string): boolean {
  const pdf = readFileSync(path, 'latin1');
  return pdf.startsWith('%PDF-1.7') && pdf.trimEnd().endsWith('%%EOF');
}

it('leaves no file, or the whole one, whenever it is killed', { timeout: 600_000 }, async () => {
  const unfinished = /^\.report\.pdf\.fiducial-[-0-9a-f]+\.part$/;
  // The first run analyses; the second tells how long a report takes here and now.
  expect(await report(join(dir, 'first.pdf'), null)).toMatchObject({ code: 0 });
  const { ms } = await report(join(dir, 'second.pdf'), null);
  expect(isWhole(join(dir, 'second.pdf'))).toBe(true);
  let killed = 0;
  const folder = join(dir, 'killed');
  const path = join(folder, 'report.pdf');
  mkdirSync(folder);
  for (let kill = 1; kill <= KILLS; kill++) {
    rmSync(path, { force: true });
    const { code } = await report(path, (ms * kill) / (KILLS + 1));
    if (code === null) killed++;
    const left = readdirSync(folder).filter((name) => !unfinished.test(name));
    if (code === null && left.length === 0) continue;
    expect(left).toEqual(['report.pdf']);
    expect(isWhole(path)).toBe(true);
  }
  expect(killed).toBeGreaterThan(0);
  expect(await report(path, null)).toMatchObject({ code: 0 });
  expect(readdirSync(folder)).toEqual(['report.pdf']);
});
