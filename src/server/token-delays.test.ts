import { expect, it } from 'vitest';
import { createTokenDelays } from './token-delays';

/** @returns a function that says how many ms pass before a token is looked at */
function delays(): (address: string, right: boolean) => Promise<number> {
  let waited = 0;
  const { check } = createTokenDelays(async (ms) => (waited += ms));
  return async (address, right) => {
    waited = 0;
    expect(await check(address, () => right)).toBe(right);
    return waited;
  };
}

it('doubles the wait with each wrong token up to eight seconds; a right one clears it', async () => {
  const waitMs = delays();
  const waits: number[] = [];
  for (let i = 0; i < 10; i++) waits.push(await waitMs('a', false));
  expect(waits).toEqual([0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000]);
  // Another address has earned nothing.
  expect(await waitMs('b', false)).toBe(0);
  expect(await waitMs('a', true)).toBe(8000);
  expect(await waitMs('a', true)).toBe(0);
});

it('forgets an address only when a thousand others came after it', async () => {
  const waitMs = delays();
  for (let i = 0; i < 4; i++) await waitMs('a', false);
  for (let i = 0; i < 999; i++) await waitMs(`other ${i}`, true);
  expect(await waitMs('a', false)).toBe(500);
  for (let i = 0; i < 1000; i++) await waitMs(`other ${i}`, true);
  expect(await waitMs('a', false)).toBe(0);
});
