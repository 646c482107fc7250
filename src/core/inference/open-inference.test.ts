import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../shared/domain';
import { openInference, type OpenInferenceOptions } from './open-inference';
import {
  SCRIPTED_MODEL,
  scriptedSpawn,
  TRIAL_BATCH,
  type Script,
} from './testing/scripted-process';
import type { TrialMemory } from './trial-memory';
import type { Trial } from './trial-report';
import type { Inference, Tensors } from './types';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Knows nothing and keeps nothing. */
const NO_TRIAL_MEMORY: TrialMemory = {
  recall: () => Promise.resolve(null),
  keep: () => Promise.resolve(),
};

const GPU = { cpu: { ms: 2 }, webgpu: { ms: 1 } };

function open(
  providers: Record<string, Script>,
  options: Partial<OpenInferenceOptions> = {},
): { inference: Inference; processes: ReturnType<typeof scriptedSpawn> } {
  const processes = scriptedSpawn(providers);
  const inference = openInference({
    ...{ spawn: processes.spawn, memory: NO_TRIAL_MEMORY, tryWhenIdle: true },
    batchOf: async () => ok(TRIAL_BATCH),
    ...options,
  });
  return { inference, processes };
}

async function run(inference: Inference): Promise<Tensors> {
  const running = inference.run(SCRIPTED_MODEL, 'scan', TRIAL_BATCH.inputs);
  await vi.advanceTimersByTimeAsync(100);
  const result = await running;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const trial = (provider: string, segmentsPerSecond: number): Trial => ({
  ...{ provider, outcome: 'agrees', available: true, maxDifference: 0, detail: null },
  segmentsPerSecond,
});

describe('openInference', () => {
  it('runs the first batch on the CPU at once, and tries the others when nothing runs', async () => {
    const { inference, processes } = open(GPU);
    await run(inference);
    expect(processes.asked).toEqual(['cpu 8']);
    await vi.advanceTimersByTimeAsync(4000);
    expect(processes.started).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(inference.provider(SCRIPTED_MODEL)).toBe('webgpu');
    const started = processes.started;
    await run(inference);
    expect(processes.asked.at(-1)).toBe('webgpu 8');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes.started).toBe(started);
    await inference.close();
    expect(processes.living).toBe(0);
  });

  it('ends a trial when a batch comes, and tries again after it', async () => {
    const { inference, processes } = open({ cpu: { ms: 2 }, webgpu: { ms: 3000 } });
    await run(inference);
    await vi.advanceTimersByTimeAsync(6000);
    expect(processes.asked.at(-1)).toBe('webgpu 1');
    await run(inference);
    expect(processes.living).toBe(1);
    expect(inference.provider(SCRIPTED_MODEL)).toBe('cpu');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await inference.devices(SCRIPTED_MODEL)).toMatchObject([
      { provider: 'webgpu', available: true, chosen: false, maxDifference: 0 },
      { provider: 'cpu', chosen: true },
    ]);
    await inference.close();
  });

  it('tries nothing by itself in a command, but uses what is remembered', async () => {
    const memory: TrialMemory = {
      recall: async () => [trial('webgpu', 900), trial('cpu', 100)],
      keep: async () => undefined,
    };
    const { inference, processes } = open(GPU, { tryWhenIdle: false, memory });
    await run(inference);
    expect(processes.asked).toEqual(['webgpu 8']);
    await inference.close();
    const without = open(GPU, { tryWhenIdle: false });
    await run(without.inference);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(without.processes.asked).toEqual(['cpu 8']);
    await without.inference.close();
  });

  it('remembers what it found', async () => {
    const kept: Trial[][] = [];
    const memory: TrialMemory = {
      recall: async () => null,
      keep: async (_model, trials) => void kept.push([...trials]),
    };
    const { inference } = open(GPU, { memory });
    const trying = inference.tryDevices(SCRIPTED_MODEL);
    await vi.runAllTimersAsync();
    expect((await trying).find(({ chosen }) => chosen)?.provider).toBe('webgpu');
    expect(kept).toHaveLength(1);
    await inference.tryDevices(SCRIPTED_MODEL);
    expect(kept).toHaveLength(1);
    await inference.close();
  });

  it('uses the provider that is asked for from the first batch on', async () => {
    const { inference, processes } = open({ cpu: {}, webgpu: { ms: 50 } }, { wanted: 'webgpu' });
    const running = inference.run(SCRIPTED_MODEL, 'scan', TRIAL_BATCH.inputs);
    await vi.advanceTimersByTimeAsync(2000);
    expect((await running).ok).toBe(true);
    expect(processes.asked.at(-1)).toBe('webgpu 8');
    await inference.close();
  });

  it('tries nothing where the CPU is asked for', async () => {
    const { inference, processes } = open(GPU, { wanted: 'cpu' });
    await run(inference);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes.asked).toEqual(['cpu 8']);
    await inference.close();
  });

  it('goes on with the CPU where there is nothing to try with', async () => {
    const batchOf = async () => err('not-found', 'There is no demo.');
    const { inference } = open(GPU, { batchOf });
    await run(inference);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await inference.devices(SCRIPTED_MODEL)).toMatchObject([
      { provider: 'cpu', chosen: true, detail: 'There is no demo.' },
    ]);
    await inference.close();
  });

  it('leaves a provider that is lost in the middle of a run, and gives every answer once', async () => {
    const scripts: Record<string, Script> = { cpu: { ms: 2 }, webgpu: { ms: 1 } };
    const memory: TrialMemory = {
      recall: async () => [trial('webgpu', 900), trial('cpu', 100)],
      keep: async () => undefined,
    };
    const { inference, processes } = open(scripts, { memory });
    await run(inference);
    scripts['webgpu'] = { fails: 'the device was lost' };
    await run(inference);
    await run(inference);
    expect(processes.asked).toEqual(['webgpu 8', 'webgpu 8', 'cpu 8', 'cpu 8']);
    const [webgpu] = await inference.devices(SCRIPTED_MODEL);
    expect(webgpu!.reason).toMatch(/failed in the middle of a run \(the device was lost\)/);
    await inference.close();
  });
});
