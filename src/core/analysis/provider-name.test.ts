import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok } from '../../shared/domain';
import type { DeviceReport } from '../../shared/contract';
import { createProviderName } from './provider-name';
import { createFakeInference } from './testing/fake-inference';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

const cpu: DeviceReport = {
  provider: 'cpu',
  available: true,
  chosen: false,
  maxDifference: null,
  segmentsPerSecond: null,
  reason: '',
};

it('asks again until a provider was chosen, and then no more', async () => {
  let chosen = false;
  const devices = vi.fn(async () => ok([{ ...cpu, chosen }]));
  const name = createProviderName({ ...createFakeInference(() => 0), devices });
  expect(name()).toBe('auto');
  await Promise.resolve();
  expect(name()).toBe('auto');
  expect(devices).toHaveBeenCalledTimes(1);
  chosen = true;
  vi.advanceTimersByTime(1500);
  expect(name()).toBe('auto');
  await vi.waitFor(() => expect(name()).toBe('cpu'));
  vi.advanceTimersByTime(5000);
  expect(name()).toBe('cpu');
  expect(devices).toHaveBeenCalledTimes(2);
});
