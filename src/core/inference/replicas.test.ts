import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import { createReplicas, replicaCount, runsInReplicas } from './replicas';
import type { InferenceProcess } from './types';
import type { GraphVariant, ModelFiles, Tensors } from './types';

const modelOf = (kind: string): ModelFiles =>
  ({ card: { id: 'm', kind }, paths: { scan: 'm.onnx' } }) as unknown as ModelFiles;
const SEGMENTS = modelOf('segment-attention');
const BEATS = modelOf('beat-attention');

/** Replicas whose batches end when the test says so. */
function openReplicas(count: number, provider: () => string) {
  const batches: { replica: number; end(): void }[] = [];
  const opened: boolean[] = [];
  const closed: number[] = [];
  const inference = createReplicas({
    count,
    providerOf: provider,
    open(isFirst) {
      const replica = opened.push(isFirst) - 1;
      return {
        run: () =>
          new Promise((resolve) => batches.push({ replica, end: () => resolve(ok<Tensors>({})) })),
        ready: async () => undefined,
        close: async () => void closed.push(replica),
      };
    },
  });
  const run = (
    model = SEGMENTS,
    variant: GraphVariant = 'scan',
  ): ReturnType<InferenceProcess['run']> => inference.run(model, variant, {});
  return {
    inference,
    batches,
    opened,
    closed,
    run,
    replicas: () => batches.map(({ replica }) => replica),
  };
}

describe('createReplicas', () => {
  it('gives each batch to the replica where fewest wait', async () => {
    const { run, batches, replicas } = openReplicas(2, () => 'cpu');
    const first = run();
    void run();
    void run();
    expect(replicas()).toEqual([0, 1, 0]);
    batches[0]!.end();
    await first;
    void run();
    void run();
    expect(replicas()).toEqual([0, 1, 0, 0, 1]);
  });

  it('keeps everything in the first replica while an accelerator is in use', () => {
    let provider = 'webgpu';
    const { run, replicas } = openReplicas(2, () => provider);
    void run();
    void run();
    expect(replicas()).toEqual([0, 0]);
    provider = 'cpu';
    void run();
    expect(replicas()).toEqual([0, 0, 1]);
  });

  it('keeps explanations and models of large operators in the first replica', () => {
    const { run, replicas } = openReplicas(3, () => 'cpu');
    for (let i = 0; i < 2; i++) {
      void run(SEGMENTS, 'explain');
      void run(BEATS);
    }
    expect(replicas()).toEqual([0, 0, 0, 0]);
  });

  it('gives accelerators to the first replica only, and closes every replica', async () => {
    const { inference, opened, closed } = openReplicas(3, () => 'cpu');
    expect(opened).toEqual([true, false, false]);
    expect(inference.replicas).toBe(3);
    await inference.close();
    expect(closed).toEqual([0, 1, 2]);
  });
});

it('has a replica for each core, but not more than four', () => {
  expect([0, 1, 2, 4, 64].map(replicaCount)).toEqual([1, 1, 2, 4, 4]);
});

it('runs only the scan graph of segment models in replicas', () => {
  expect(runsInReplicas(SEGMENTS, 'scan')).toBe(true);
  expect(runsInReplicas(SEGMENTS, 'explain')).toBe(false);
  expect(runsInReplicas(BEATS, 'scan')).toBe(false);
});
