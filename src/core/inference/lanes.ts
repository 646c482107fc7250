import { availableParallelism } from 'node:os';
import type { GraphVariant, Inference, ModelFiles } from './types';

/** Each lane is a process with weights of its own, 150 MB for `attention-cnn`. */
const MAX_LANES = 4;

/** Lanes on this machine: one for each core, so that a lane needs one thread. */
export function laneCount(cores = availableParallelism()): number {
  return Math.max(1, Math.min(MAX_LANES, cores));
}

/**
 * Whether batches of a graph run side by side, one thread each. The scan graph of `attention-cnn` consists of many
 * small operators (training/attention_cnn/scan_graph.py): threads that shared each of them would mostly wait for each
 * other. `session.run` of onnxruntime-node holds its process until it returns, so every lane is a process.
 */
export function runsInLanes({ card }: ModelFiles, variant: GraphVariant): boolean {
  return variant === 'scan' && card.kind === 'segment-attention';
}

/**
 * One `Inference` out of several. Everything runs in the first, except graphs that run in lanes once the first
 * has found that the CPU is the provider to use: those go wherever fewest batches wait. The others are therefore
 * opened without accelerators, and start their process when they get their first batch.
 */
export function createLanes(
  count: number,
  open: (options: { accelerate: boolean }) => Inference,
): Inference {
  const lanes = Array.from({ length: Math.max(1, count) }, (_, i) => open({ accelerate: i === 0 }));
  const waiting = lanes.map(() => 0);
  const [first] = lanes as [Inference, ...Inference[]];

  function laneFor(model: ModelFiles, variant: GraphVariant): number {
    if (!runsInLanes(model, variant) || first.provider?.() !== 'cpu') return 0;
    return waiting.indexOf(Math.min(...waiting));
  }

  return {
    lanes: lanes.length,
    async run(model, variant, inputs, signal) {
      const lane = laneFor(model, variant);
      waiting[lane]! += 1;
      try {
        return await lanes[lane]!.run(model, variant, inputs, signal);
      } finally {
        waiting[lane]! -= 1;
      }
    },
    provider: () => first.provider?.() ?? null,
    devices: () => first.devices(),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
