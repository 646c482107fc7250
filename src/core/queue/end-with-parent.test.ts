import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { bundleTs, root } from '../../../scripts/bundle-ts.mjs';
import { isRunning } from '../base/is-running';

it('ends a process whose worker was killed before it could answer, as the library does not', async () => {
  const testing = join(import.meta.dirname, 'testing');
  const out = join(root, 'node_modules/.cache', `orphan-${process.pid}`);
  const processor = await bundleTs(join(testing, 'orphan.ts'), out);
  const worker = spawn(process.execPath, [join(testing, 'worker-of-one.mjs'), processor], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let pid = 0;
  try {
    const [line] = (await once(createInterface({ input: worker.stdout }), 'line')) as [string];
    pid = Number(line);
    worker.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  } finally {
    worker.kill('SIGKILL');
    if (pid > 0 && isRunning(pid)) process.kill(pid, 'SIGKILL');
    await rm(out, { recursive: true, force: true });
  }
});
