import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, getPriority, platform, setPriority } from 'node:os';
import { expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import { createPool } from '../workers/pool';
import { defineTask } from '../workers/task';
import { entryPath } from './entries';
import { giveWay, GIVEN_WAY } from './give-way';

// Known to the threads by its name; of a file that is not there it answers at once.
const hash = defineTask('hash', (_input: Input) => Promise.resolve(ok('')));

interface Input {
  readonly path: string;
  readonly files: readonly string[];
}

const isLinux = platform() === 'linux';

it.runIf(isLinux && getPriority() < GIVEN_WAY)(
  'threads of long work give way, and those that a reader waits for do not',
  async () => {
    const pool = createPool({ entry: entryPath('worker'), bulkThreads: 1 });
    const givingWay = (): number =>
      readdirSync('/proc/self/task').filter((thread) => getPriority(Number(thread)) === GIVEN_WAY)
        .length;
    const before = givingWay();
    for (const [lane, threads] of [
      ['interactive', 0],
      ['glance', 0],
      ['bulk', 1],
      // Where there is a core for a thread of its own.
      ['ahead', availableParallelism() > 1 ? 2 : 1],
    ] as const) {
      await pool.run(hash, { path: '/nowhere/r.hea', files: ['/nowhere/r.dat'] }, { lane });
      expect(givingWay() - before, lane).toBe(threads);
    }
    await pool.close();
  },
);

it.runIf(isLinux)('what was started lower than that stays there', () => {
  const child = spawn('sleep', ['60']);
  try {
    const lower = GIVEN_WAY + 5;
    setPriority(child.pid!, lower);
    giveWay(child.pid!);
    expect(getPriority(child.pid!)).toBe(lower);
  } finally {
    child.kill();
  }
});
