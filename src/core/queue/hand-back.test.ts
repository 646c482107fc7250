import { expect, it, vi } from 'vitest';
import { handBack } from './hand-back';

const job = (attemptsStarted: number) => ({
  attemptsStarted,
  moveToDelayed: vi.fn<() => Promise<void>>().mockResolvedValue(),
  updateProgress: vi.fn<() => Promise<void>>().mockResolvedValue(),
});
const cause = Object.assign(new Error('The model is another version here.'), {
  code: 'conflict' as const,
});

it('is for another worker after a while, and no try of the recording’s', async () => {
  const held = job(3);
  await expect(handBack(held, 'token', cause)).rejects.toMatchObject({ name: 'DelayedError' });
  expect(held.moveToDelayed).toHaveBeenCalledWith(expect.any(Number), 'token');
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
