import { expect, it } from 'vitest';
import { withProgress, type Told } from './with-progress';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('tells how far the work is while a value is waited for, the latest figure only', async () => {
  const told: Told<string>[] = [];
  const source = withProgress<string>(async function* (report) {
    report(0.1);
    report(0.2);
    await later(5);
    report(0.5);
    await later(5);
    yield 'first';
    await later(5);
    yield 'last';
  });
  for await (const one of source) told.push(one);
  expect(told).toEqual([{ done: 0.2 }, { done: 0.5 }, { value: 'first' }, { value: 'last' }]);
});

it('does not wait for work in hand when the loop is left', async () => {
  let finish = (): void => undefined;
  const source = withProgress<string>(async function* (report) {
    report(0.5);
    await new Promise<void>((resolve) => (finish = resolve));
    yield 'too late';
  });
  for await (const one of source) {
    expect(one).toEqual({ done: 0.5 });
    break;
  }
  finish();
});

it('passes a bug on', async () => {
  const source = withProgress<string>(async function* () {
    yield 'first';
    await later(1);
    throw new Error('bug');
  });
  expect((await source.next()).value).toEqual({ value: 'first' });
  await expect(source.next()).rejects.toThrow('bug');
});
