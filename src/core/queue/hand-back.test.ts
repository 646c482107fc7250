import { expect, it, vi } from 'vitest';
import { handBack, type HeldJob, WAIT_MS } from './hand-back';

const job = (attemptsStarted: number) => ({
  attemptsStarted,
  moveToDelayed: vi.fn<HeldJob['moveToDelayed']>().mockResolvedValue(),
  updateProgress: vi.fn<HeldJob['updateProgress']>().mockResolvedValue(),
});
const cause = Object.assign(new Error('The model is another version here.'), {
  code: 'conflict' as const,
});

it('is for another worker after a while, and no try of the recording’s', async () => {
  const held = job(3);
  const nowMs = Date.now();
  await expect(handBack(held, 'token', cause)).rejects.toMatchObject({ name: 'DelayedError' });
  const [[untilMs, token]] = held.moveToDelayed.mock.calls as [[number, string]];
  expect(untilMs - nowMs).toBeGreaterThanOrEqual(WAIT_MS);
  expect(untilMs - Date.now()).toBeLessThanOrEqual(WAIT_MS);
  expect(token).toBe('token');
  expect(held.updateProgress).toHaveBeenCalledWith({ handedBack: 'conflict' });
});

it('ends where one worker after the other could not read it', async () => {
  const held = job(20);
  await expect(handBack(held, 'token', cause)).rejects.toMatchObject({
    name: 'UnrecoverableError',
    message: cause.message,
  });
  expect(held.moveToDelayed).not.toHaveBeenCalled();
});
