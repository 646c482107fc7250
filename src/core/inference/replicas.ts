import { availableParallelism } from 'node:os';
import type { GraphVariant, Inference, ModelFiles } from './types';

/** Each replica is a process with weights of its own, 150 MB for `attention-cnn`. */
const MAX_REPLICAS = 4;

/** Replicas on this machine: one for each core, so that a replica needs one thread. */
export function replicaCount(cores = availableParallelism()): number {
  return Math.max(1, Math.min(MAX_REPLICAS, cores));
}

/**
 * Whether batches of a graph run side by side, one thread each. The scan graph of `attention-cnn` consists of many
 * small operators (training/attention_cnn/scan_graph.py): threads that shared each of them would mostly wait for each
 * other. `session.run` of onnxruntime-node holds its process until it returns, so every replica is a process.
 */
export function runsInReplicas({ card }: ModelFiles, variant: GraphVariant): boolean {
  return variant === 'scan' && card.kind === 'segment-attention';
}

/**
 * One `Inference` out of several. Everything runs in the first, except graphs that run in replicas once the first
 * has found that the CPU is the provider to use: those go wherever fewest batches wait. The others are therefore
 * opened without accelerators, and start their process when they get their first batch.
 */
export function createReplicas(
  count: number,
  open: (options: { accelerate: boolean }) => Inference,
): Inference {
  const replicas = Array.from({ length: Math.max(1, count) }, (_, i) =>
    open({ accelerate: i === 0 }),
  );
  const waiting = replicas.map(() => 0);
  const [first] = replicas as [Inference, ...Inference[]];

  function replicaFor(model: ModelFiles, variant: GraphVariant): number {
    if (!runsInReplicas(model, variant) || first.provider?.() !== 'cpu') return 0;
    return waiting.indexOf(Math.min(...waiting));
  }

  return {
    replicas: replicas.length,
    async run(model, variant, inputs, signal) {
      const replica = replicaFor(model, variant);
      waiting[replica]! += 1;
      try {
        return await replicas[replica]!.run(model, variant, inputs, signal);
      } finally {
        waiting[replica]! -= 1;
      }
    },
    provider: () => first.provider?.() ?? null,
    devices: () => first.devices(),
    async close() {
      await Promise.all(replicas.map((replica) => replica.close()));
    },
  };
}
