import { expect, it } from 'vitest';
import { createQueue, createQueues } from './queues';

const never = new AbortController().signal;

it('lets as many in as there is room, the others in their order', async () => {
  const queue = createQueue(2);
  const order: string[] = [];
  const ask = (name: string, signal = never) =>
    queue.enter(signal).then((entered) => order.push(entered ? name : `not ${name}`));
  const gone = new AbortController();
  void ask('a');
  void ask('b');
  void ask('c');
  void ask('d', gone.signal);
  void ask('e');
  await Promise.resolve();
  gone.abort();
  await new Promise((done) => setTimeout(done));
  expect(order).toEqual(['a', 'b', 'not d']);
  queue.leave();
  queue.leave();
  await new Promise((done) => setTimeout(done));
  expect(order).toEqual(['a', 'b', 'not d', 'c', 'e']);
  // An abort after the entry gives no room away.
  queue.leave();
  void ask('f');
  void ask('g');
  await new Promise((done) => setTimeout(done));
  expect(order.slice(5)).toEqual(['f']);
});

it('does not let in what was stopped before', async () => {
  expect(await createQueue(1).enter(AbortSignal.abort())).toBe(false);
});

it('tiles and overlays share a queue, and no decision has to go through one', () => {
  const queueFor = createQueues();
  expect(queueFor('traces.tile')).toBe(queueFor('analysis.explain'));
  for (const method of [
    'families.decide',
    'review.decide',
    'review.undo',
    'review.summary',
    'analysis.cancel',
  ] as const)
    expect(queueFor(method)).toBeNull();
});
