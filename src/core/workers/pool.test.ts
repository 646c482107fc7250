import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancellable } from './cancellable';
import { createPool } from './pool';
import type { Pool } from './types';

/** A worker that is not ours, so that the lanes are tested without waiting for real signals. */
const WORKER = `
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export default async function ({ task, input, shared }) {
  if (task === 'throw') throw new Error('a bug');
  if (task === 'block') { const end = Date.now() + input; while (Date.now() < end); }
  if (task === 'until-cancelled') while (Atomics.load(shared, 0) === 0) await wait(1);
  return { ok: true, value: input };
}`;
type AnyPool = Omit<Pool, 'run'> & {
  run(task: string, input: unknown, options?: object): Promise<unknown>;
};

let dir: string;
let pool: AnyPool;
beforeAll(async () => {
  const parent = resolve(import.meta.dirname, '../../../out/test');
  mkdirSync(parent, { recursive: true });
  dir = await mkdtemp(join(parent, 'pool-'));
  await writeFile(join(dir, 'worker.mjs'), WORKER);
  const threads = createPool({ entry: join(dir, 'worker.mjs'), bulkThreads: 1 });
  // The thread's own code does the work: a task is no more than its name here.
  pool = {
    run: (name, input, options) =>
      threads.run({ name, run: () => Promise.reject(new Error(name)) }, input, options),
    close: () => threads.close(),
  };
  await pool.run('echo', 0, { lane: 'interactive' });
});
afterAll(async () => {
  await pool.close();
  await rm(dir, { recursive: true, force: true });
});

describe('createPool', () => {
  const held = new AbortController();
  const ahead = new AbortController();
  it('answers the interactive lane while the bulk lane is busy', async () => {
    const order: string[] = [];
    const bulk = pool.run('block', 300).then(() => order.push('bulk'));
    const waiting = pool.run('echo', 1).then(() => order.push('second bulk'));
    await pool.run('echo', 2, { lane: 'interactive' }).then(() => order.push('interactive'));
    await Promise.all([bulk, waiting]);
    expect(order).toEqual(['interactive', 'bulk', 'second bulk']);
  });

  it('answers a glance while the bulk lane is busy, and tiles while both are', async () => {
    const order: string[] = [];
    const bulk = pool.run('until-cancelled', 0, { signal: held.signal });
    const waiting = pool.run('echo', 1).then(() => order.push('second bulk'));
    await pool.run('echo', 2, { lane: 'glance' }).then(() => order.push('glance'));
    const glance = pool.run('until-cancelled', 0, { lane: 'glance', signal: held.signal });
    await pool.run('echo', 3, { lane: 'interactive' }).then(() => order.push('interactive'));
    expect(order).toEqual(['glance', 'interactive']);
    held.abort();
    await Promise.all([bulk, waiting, glance]);
  });

  it.runIf(availableParallelism() > 1)(
    'does what is wanted next beside the bulk lane',
    async () => {
      const bulk = pool.run('until-cancelled', 0, { signal: ahead.signal });
      expect(await pool.run('echo', 2, { lane: 'ahead' })).toEqual({ ok: true, value: 2 });
      ahead.abort();
      await bulk;
    },
  );

  it('answers an abort at once, tells the task, and keeps the thread', async () => {
    const abort = new AbortController();
    const work = pool.run('until-cancelled', 1, { signal: abort.signal });
    await new Promise((done) => setTimeout(done, 50));
    const start = performance.now();
    abort.abort();
    expect(await work).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(performance.now() - start).toBeLessThan(200);
    // With one bulk thread this answer also shows that the task saw the word and ended.
    expect(await pool.run('echo', 5)).toEqual({ ok: true, value: 5 });
  });

  it('keeps sample arrays as they are', async () => {
    const value = Float32Array.of(1, NaN, -2.5);
    expect(await pool.run('echo', value, { lane: 'interactive' })).toEqual({ ok: true, value });
  });

  it('lets bugs throw', async () => {
    await expect(pool.run('throw', 0)).rejects.toThrow('a bug');
  });
});

it('does not begin work for a signal that is already aborted', async () => {
  let begun = false;
  const result = await cancellable(
    { task: 'x', input: 0 },
    { signal: AbortSignal.abort() },
    async () => {
      begun = true;
    },
  );
  expect(begun).toBe(false);
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

it('closes at once after it was made, while its thread is still loading', async () => {
  for (let i = 0; i < 5; i++) {
    const young = createPool({ entry: join(dir, 'worker.mjs'), bulkThreads: 1 });
    await new Promise((done) => setTimeout(done, 10 * i));
    await young.close();
  }
});

it.each([
  { lazy: false, loaded: 2 },
  { lazy: true, loaded: 1 },
])('loads $loaded threads for a bulk task where lazy is $lazy', async ({ lazy, loaded }) => {
  const marks = join(dir, `marks-${lazy}`);
  const entry = join(dir, `marking-${lazy}.mjs`);
  const text = `import { appendFileSync } from 'node:fs';
    appendFileSync(${JSON.stringify(marks)}, 'x');
    export default () => ({ ok: true });`;
  await writeFile(entry, text);
  const own = createPool({ entry, bulkThreads: 1, lazy });
  await own.run({ name: 'a', run: () => Promise.reject(new Error('a')) }, null);
  await vi.waitFor(async () => expect(await readFile(marks, 'utf8')).toHaveLength(loaded));
  await own.close();
  expect(await readFile(marks, 'utf8')).toHaveLength(loaded);
});

it('has a thread import its entry, and never require it', async () => {
  const entry = join(dir, 'how.mjs');
  await writeFile(entry, 'const { stack } = new Error(); export default () => stack;');
  const own = createPool({ entry, bulkThreads: 1 });
  const stack = await own.run({ name: 'a', run: () => Promise.reject(new Error('a')) }, null);
  await own.close();
  expect(stack).toContain('how.mjs');
  expect(stack).not.toMatch(/cjs|require/i);
});
