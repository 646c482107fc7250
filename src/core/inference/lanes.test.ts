import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import { createLanes, laneCount, runsInLanes } from './lanes';
import type { GraphVariant, Inference, ModelFiles, Tensors } from './types';

const modelOf = (kind: string): ModelFiles =>
  ({ card: { id: 'm', kind }, paths: { scan: 'm.onnx' } }) as unknown as ModelFiles;
const SEGMENTS = modelOf('segment-attention');
const BEATS = modelOf('beat-attention');

/** Lanes whose batches end when the test says so. */
function openLanes(count: number, provider: () => string | null) {
  const batches: { lane: number; end(): void }[] = [];
  const opened: boolean[] = [];
  const closed: number[] = [];
  const inference = createLanes(count, ({ accelerate }): Inference => {
    const lane = opened.push(accelerate) - 1;
    return {
      run: () =>
        new Promise((resolve) => batches.push({ lane, end: () => resolve(ok<Tensors>({})) })),
      provider,
      devices: async () => ok([]),
      close: async () => void closed.push(lane),
    };
  });
  const run = (model = SEGMENTS, variant: GraphVariant = 'scan'): ReturnType<Inference['run']> =>
    inference.run(model, variant, {});
  return { inference, batches, opened, closed, run, lanes: () => batches.map(({ lane }) => lane) };
}

describe('createLanes', () => {
  it('gives each batch to the lane where fewest wait', async () => {
    const { run, batches, lanes } = openLanes(2, () => 'cpu');
    const first = run();
    void run();
    void run();
    expect(lanes()).toEqual([0, 1, 0]);
    batches[0]!.end();
    await first;
    void run();
    void run();
    expect(lanes()).toEqual([0, 1, 0, 0, 1]);
  });

  it('keeps everything in the first lane until it has chosen the CPU', () => {
    let provider: string | null = null;
    const { run, lanes } = openLanes(2, () => provider);
    void run();
    void run();
    expect(lanes()).toEqual([0, 0]);
    provider = 'webgpu';
    void run();
    expect(lanes()).toEqual([0, 0, 0]);
    provider = 'cpu';
    void run();
    expect(lanes()).toEqual([0, 0, 0, 1]);
  });

  it('keeps explanations and models of large operators in the first lane', () => {
    const { run, lanes } = openLanes(3, () => 'cpu');
    for (let i = 0; i < 2; i++) {
      void run(SEGMENTS, 'explain');
      void run(BEATS);
    }
    expect(lanes()).toEqual([0, 0, 0, 0]);
  });

  it('tries accelerators in the first lane only, and closes every lane', async () => {
    const { inference, opened, closed } = openLanes(3, () => 'cpu');
    expect(opened).toEqual([true, false, false]);
    expect(inference.lanes).toBe(3);
    await inference.close();
    expect(closed).toEqual([0, 1, 2]);
  });
});

it('has a lane for each core, but not more than four', () => {
  expect([0, 1, 2, 4, 64].map(laneCount)).toEqual([1, 1, 2, 4, 4]);
});

it('runs only the scan graph of segment models in lanes', () => {
  expect(runsInLanes(SEGMENTS, 'scan')).toBe(true);
  expect(runsInLanes(SEGMENTS, 'explain')).toBe(false);
  expect(runsInLanes(BEATS, 'scan')).toBe(false);
});
