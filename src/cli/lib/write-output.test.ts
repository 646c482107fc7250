import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeOutput } from './write-output';

it.skipIf(process.platform === 'win32')('whoever closes a pipe has what they wanted', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-pipe-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const pipe = join(dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const head = spawn('head', ['-c', '1', pipe], { stdio: 'ignore' });
  const ended = once(head, 'exit');
  // More than a pipe holds.
  const rows = Array.from({ length: 64 }, () => 'x'.repeat(65_536));
  expect(await writeOutput(pipe, rows)).toEqual({ ok: true, value: undefined });
  await ended;
});
