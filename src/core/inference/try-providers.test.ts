import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  SCRIPTED_MODEL,
  scriptedSpawn,
  TRIAL_BATCH,
  type Script,
} from './testing/scripted-process';
import type { Trial } from './trial-report';
import { largestDifference, tryProviders, type TryProvidersOptions } from './try-providers';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

type Processes = ReturnType<typeof scriptedSpawn>;

async function tryAll(
  providers: Record<string, Script>,
  options: Partial<TryProvidersOptions> = {},
): Promise<{ trials: Record<string, Trial> | null; processes: Processes }> {
  const processes = scriptedSpawn(providers);
  const trying = tryProviders(SCRIPTED_MODEL, {
    ...{ spawn: processes.spawn, batch: TRIAL_BATCH, replicas: 2, limitMs: 1000, timeCpu: false },
    ...options,
  });
  await vi.runAllTimersAsync();
  const trials = await trying;
  return {
    trials: trials && Object.fromEntries(trials.map((trial) => [trial.provider, trial])),
    processes,
  };
}

describe('tryProviders', () => {
  it('runs nothing on the CPU where no other provider can be started, unless it is asked to', async () => {
    const providers = { cpu: { ms: 2 }, webgpu: { absent: 'no adapter' }, cuda: { absent: 'no' } };
    const { trials, processes } = await tryAll(providers);
    expect(trials!['webgpu']).toMatchObject({ outcome: 'not-there', available: false });
    expect(trials!['webgpu']!.detail).toBe('no adapter');
    expect(trials!['cpu']).toMatchObject({ outcome: 'agrees', segmentsPerSecond: null });
    expect(processes.started).toBe(1);
    const timed = await tryAll(providers, { timeCpu: true });
    expect(timed.trials!['cpu']!.segmentsPerSecond).toBeCloseTo(500);
    expect(timed.processes.living).toBe(0);
  });

  it('asks for one row first, and for the batch only where that could be faster', async () => {
    const { trials, processes } = await tryAll({
      cpu: { ms: 2 },
      slow: { ms: 16 },
      quick: { ms: 1 },
    });
    expect(processes.asked.filter((what) => what.startsWith('slow'))).toEqual(['slow 1', 'slow 1']);
    expect(processes.asked).toContain('quick 8');
    expect(trials!['slow']).toMatchObject({ outcome: 'agrees', maxDifference: 0 });
    expect(trials!['slow']!.segmentsPerSecond).toBeCloseTo(62.5);
    expect(trials!['quick']!.segmentsPerSecond).toBeCloseTo(1000);
    expect(trials!['cpu']!.segmentsPerSecond).toBeCloseTo(500);
    expect(processes.living).toBe(0);
  });

  it.each([
    ['differs by more than 1e-3', { offset: 2e-3 }, 'differs'],
    ['answers with no number', { offset: NaN }, 'not-a-number'],
    ['fails when it runs', { fails: 'device lost' }, 'failed'],
    ['takes its process down', { crashes: true }, 'crashed'],
    ['does not answer', { hangs: true }, 'late'],
  ])('says so of one that %s, and goes on', async (_how, script, outcome) => {
    const { trials, processes } = await tryAll({
      cpu: { ms: 2 },
      bad: script as Script,
      good: { ms: 1 },
    });
    expect(trials!['bad']).toMatchObject({ outcome });
    expect(trials!['good']).toMatchObject({ outcome: 'agrees' });
    expect(processes.living).toBe(0);
  });

  it('accepts none where the CPU itself answers with no number', async () => {
    const { trials } = await tryAll({ cpu: { offset: NaN }, webgpu: { ms: 1, offset: NaN } });
    expect(trials!['webgpu']).toMatchObject({ outcome: 'no-reference' });
    expect(trials!['cpu']).toMatchObject({ outcome: 'no-reference', available: true });
  });

  it('ends at once when it is stopped, and leaves no process behind', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 5);
    const { trials, processes } = await tryAll(
      { cpu: {}, webgpu: { hangs: true } },
      {
        signal: stop.signal,
      },
    );
    expect(trials).toBeNull();
    expect(processes.living).toBe(0);
  });
});

it('compares no answers of different length, and none that is no number', () => {
  const of = (...values: number[]): Float32Array => Float32Array.from(values);
  expect(largestDifference(of(0.25, 0.5), of(0.5, 0.25))).toBe(0.25);
  expect(largestDifference(of(0.25), of(0.25, 0.5))).toBeNull();
  expect(largestDifference(of(), of())).toBeNull();
  expect(largestDifference(of(NaN, 0), of(0, 0))).toBeNull();
});
