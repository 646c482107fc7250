import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useSlowly } from './useSlowly';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('shows the first change at once, the newest one after the interval, and none when it is left', async () => {
  const figure = ref(0);
  const scope = effectScope();
  const shown = scope.run(() => useSlowly(() => figure.value, 100))!;
  for (const value of [1, 2, 3]) {
    figure.value = value;
    await nextTick();
  }
  expect(shown.value).toBe(1);
  vi.advanceTimersByTime(100);
  expect(shown.value).toBe(3);
  figure.value = 4;
  await nextTick();
  scope.stop();
  vi.advanceTimersByTime(1000);
  expect(shown.value).toBe(3);
});
