import { expect, it } from 'vitest';
import { createWishes } from './wishes';

/** Fetches that the test ends by hand; a stopped one ends by itself, a moment later. */
function harness() {
  const log: string[] = [];
  const ends: (() => void)[] = [];
  let inFlight = 0;
  let most = 0;
  const wishes = createWishes(async (wish, signal) => {
    most = Math.max(most, ++inFlight);
    log.push(`${wish}`);
    await new Promise<void>((end) => {
      ends.push(end);
      signal.addEventListener('abort', () => {
        log.push(`stop ${wish}`);
        setTimeout(end);
      });
    });
    inFlight--;
  });
  const settle = () => new Promise((done) => setTimeout(done, 2));
  const end = (): Promise<unknown> => (ends.at(-1)!(), settle());
  return { want: wishes.want, log, settle, end, most: () => most };
}

it('fetches one at a time, in the order of the wish', async () => {
  const { want, log, end, most } = harness();
  want([7, 6, 8]);
  expect(log).toEqual(['7']);
  await end();
  await end();
  await end();
  expect(log).toEqual(['7', '6', '8']);
  expect(most()).toBe(1);
});

it('serves the newest wish next and never what is out of sight', async () => {
  const { want, log, settle, end, most } = harness();
  want([1, 2, 3]);
  want([4, 5]);
  want([9, 1]);
  await settle();
  await end();
  await end();
  expect(log).toEqual(['1', 'stop 1', '9', '1']);
  expect(most()).toBe(1);
});

it('lets what is under way finish while it is still wished for, and asks for it once', async () => {
  const { want, log, end } = harness();
  want([1, 2]);
  want([3, 1]);
  await end();
  await end();
  expect(log).toEqual(['1', '3']);
});

it('goes on after a wish for nothing', async () => {
  const { want, log, settle } = harness();
  want([1]);
  want([]);
  await settle();
  want([2]);
  expect(log).toEqual(['1', 'stop 1', '2']);
});
