import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coalesce } from './coalesce';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('lets the first call through at once and makes one of those that follow', () => {
  const call = vi.fn();
  const touch = coalesce(call, 500);
  touch();
  expect(call).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 100; i++) touch();
  expect(call).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(500);
  expect(call).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(call).toHaveBeenCalledTimes(2);
  touch();
  expect(call).toHaveBeenCalledTimes(3);
});

it('makes no call after it was stopped', () => {
  const call = vi.fn();
  const touch = coalesce(call, 500);
  touch();
  touch();
  touch.stop();
  vi.advanceTimersByTime(5000);
  expect(call).toHaveBeenCalledTimes(1);
});
