import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecording } from './list';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-pipes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.skipIf(process.platform === 'win32')(
  'a pipe that nobody writes to is no recording, and nobody waits for it',
  async () => {
    for (const name of ['r.hea', 'r.edf', 'r.csv', 'r.atr', 'r.dat', 'r']) {
      const pipe = join(folder, name);
      execFileSync('mkfifo', [pipe]);
      symlinkSync(pipe, join(folder, `link-${name}`));
      for (const one of [pipe, join(folder, `link-${name}`)]) {
        const opened = await openRecording(one);
        expect(opened).toMatchObject({ ok: false });
        expect(!opened.ok && opened.error.message).toMatch(/is not a regular file/);
      }
      rmSync(pipe);
    }
    execFileSync('mkfifo', [join(folder, 'p.dat')]);
    writeFileSync(join(folder, 'p.hea'), 'p 1 360 100\np.dat 16 200 16 0 0 0 0 II\n');
    expect(await openRecording(join(folder, 'p.hea'))).toMatchObject({ ok: false });
  },
);
