import { availableParallelism } from 'node:os';
import type { InferenceProcess } from './types';
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

export interface ReplicaOptions {
  readonly count: number;
  /** Execution provider of a model's scans now. */
  readonly providerOf: (model: ModelFiles) => string;
  readonly open: (isFirst: boolean) => InferenceProcess;
}

/**
 * One inference out of several processes. Everything runs in the first, except graphs that run in replicas on the CPU:
 * those go wherever fewest batches wait. The others therefore know no accelerator, and start their process when they get
 * their first batch.
 */
export function createReplicas({
  count,
  providerOf,
  open,
}: ReplicaOptions): InferenceProcess & Pick<Inference, 'replicas'> {
  const replicas = Array.from({ length: Math.max(1, count) }, (_, i) => open(i === 0));
  const waiting = replicas.map(() => 0);

  function replicaFor(model: ModelFiles, variant: GraphVariant): number {
    if (!runsInReplicas(model, variant) || providerOf(model) !== 'cpu') return 0;
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
    // The others start with their first batch.
    ready: (model) => replicas[0]!.ready(model),
    async close() {
      await Promise.all(replicas.map((replica) => replica.close()));
    },
  };
}
