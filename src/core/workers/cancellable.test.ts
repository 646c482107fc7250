import { expect, it } from 'vitest';
import { cancellable } from './cancellable';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('tells how far the work is, each figure once', async () => {
  const heard: number[] = [];
  const answer = cancellable(
    { task: 'any', input: null },
    { onProgress: (done) => heard.push(done) },
    async ({ shared }) => {
      for (const done of [250, 500]) {
        Atomics.store(shared, 1, done);
        await later(350);
      }
      return 'answer';
    },
  );
  expect(await answer).toBe('answer');
  expect(heard).toEqual([0.25, 0.5]);
  await later(150);
  expect(heard).toHaveLength(2);
});

it('answers an abort at once, tells the work, and falls silent', async () => {
  const heard: number[] = [];
  const controller = new AbortController();
  let word: Int32Array | null = null;
  const answer = cancellable(
    { task: 'any', input: null },
    { signal: controller.signal, onProgress: (done) => heard.push(done) },
    ({ shared }) => {
      word = shared;
      return new Promise(() => undefined);
    },
  );
  setTimeout(() => controller.abort(), 5);
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(Atomics.load(word!, 0)).toBe(1);
  Atomics.store(word!, 1, 900);
  await later(150);
  expect(heard).toEqual([]);
});
