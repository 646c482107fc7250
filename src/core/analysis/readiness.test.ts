import { join } from 'node:path';
import { expect, it } from 'vitest';
import { err, ok } from '../../shared/domain';
import { projectDir } from '../processes/entries';
import { createInlinePool } from '../workers/inline-pool';
import type { Pool, TaskOptions } from '../workers/types';
import { createReadiness, type ReadinessOptions } from './readiness';
import { fakeBeatInference, fakeBeatModel } from './testing/fake-beat-model';

const DEMO = join(projectDir(), 'resources', 'demo', 'demo.hea');

function made(options: Partial<ReadinessOptions> = {}) {
  const inline = createInlinePool();
  const done: string[] = [];
  const readings: Promise<unknown>[] = [];
  const pool: Pool = {
    ...inline,
    run(task, input, asked: TaskOptions = {}) {
      done.push(`${task.name} in ${asked.lane}`);
      const reading = inline.run(task, input, asked);
      readings.push(reading);
      return reading;
    },
  };
  const ready = async (): Promise<void> => void done.push('network');
  const readiness = createReadiness({
    models: { find: async () => ok(fakeBeatModel) },
    inference: { ...fakeBeatInference, ready },
    pool,
    demoPath: DEMO,
    ...options,
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 50));
  return { readiness, done, readings, settled };
}

it('loads the network and reads some of the demo where a look is read, once however often it is asked', async () => {
  const { readiness, done, readings, settled } = made();
  readiness.begin();
  readiness.begin();
  await expect.poll(() => readings.length).toBe(1);
  expect(await readings[0]).toMatchObject({ ok: true });
  readiness.begin();
  await settled();
  expect(done.sort()).toEqual(['beats in glance', 'network']);
});

it('reads while the network still loads, as neither waits for the other', async () => {
  const ready = (): Promise<void> => new Promise(() => undefined);
  const { readiness, readings } = made({ inference: { ...fakeBeatInference, ready } });
  readiness.begin();
  await expect.poll(() => readings.length).toBe(1);
});

it('loads the network of a recording that is opened', async () => {
  const { readiness, done, settled } = made();
  readiness.now();
  await settled();
  expect(done).toEqual(['network']);
});

it('does nothing once closed, without a demo, or without a model', async () => {
  const closed = made();
  closed.readiness.begin();
  closed.readiness.close();
  const without = made({ demoPath: null });
  without.readiness.begin();
  const refused = made({ models: { find: async () => err('bad-model', 'refused') } });
  refused.readiness.begin();
  refused.readiness.now();
  await closed.settled();
  expect([...closed.done, ...without.done, ...refused.done]).toEqual([]);
});
