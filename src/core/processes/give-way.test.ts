import { readdirSync } from 'node:fs';
import { getPriority, platform } from 'node:os';
import { expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import { createPool } from '../workers/pool';
import { defineTask } from '../workers/task';
import { entryPath } from './entries';

// Known to the threads by its name; of a file that is not there it answers at once.
const hash = defineTask('hash', (_input: Input) => Promise.resolve(ok('')));

interface Input {
  readonly path: string;
  readonly files: readonly string[];
}

it.runIf(platform() === 'linux')(
  'threads of long work give way, and those that a reader waits for do not',
  async () => {
    const pool = createPool({ entry: entryPath('worker'), bulkThreads: 1 });
    const givingWay = (): number =>
      readdirSync('/proc/self/task').filter(
        (thread) => getPriority(Number(thread)) === getPriority() + 10,
      ).length;
    const before = givingWay();
    for (const [lane, most] of [
      ['interactive', 0],
      ['glance', 0],
      ['bulk', 1],
      ['ahead', 2],
    ] as const) {
      await pool.run(hash, { path: '/nowhere/r.hea', files: ['/nowhere/r.dat'] }, { lane });
      expect(givingWay() - before, lane).toBe(lane === 'ahead' ? Math.max(1, most) : most);
    }
    await pool.close();
  },
);
