import { expect, it } from 'vitest';
import { createGate } from './gate';

const never = new AbortController().signal;

it('lets callers and jobs take turns, each in their own order', async () => {
  const gate = createGate(100, 1);
  const order: string[] = [];
  const work = (name: string, who: 'caller' | 'nobody'): Promise<void> =>
    gate.work(async () => void order.push(name), never, who);
  let leave = (): void => undefined;
  const first = gate.work(() => new Promise<void>((resolve) => (leave = resolve)), never);
  await expect.poll(() => gate.atWork).toBe(1);
  await Promise.resolve();
  const jobs = [1, 2, 3, 4].map((n) => work(`job ${n}`, 'nobody'));
  const callers = [1, 2].map((n) => work(`caller ${n}`, 'caller'));
  expect(gate.waiting).toBe(6);
  leave();
  await Promise.all([first, ...jobs, ...callers]);
  expect(order).toEqual(['job 1', 'caller 1', 'job 2', 'caller 2', 'job 3', 'job 4']);
});

it('forgets who no longer waits', async () => {
  const gate = createGate(100, 1);
  let leave = (): void => undefined;
  const first = gate.work(() => new Promise<void>((resolve) => (leave = resolve)), never);
  const stop = new AbortController();
  const gone = gate.work(async () => undefined, stop.signal, 'nobody');
  stop.abort(new Error('closed'));
  await expect(gone).rejects.toThrow('closed');
  expect(gate.waiting).toBe(0);
  leave();
  await first;
});
