import type { ModelCard, Result } from '../../shared/domain';
import type { DeviceReport } from '../../shared/contract';

export interface Tensor {
  readonly type: 'float32' | 'int64' | 'bool';
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint8Array;
}
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Graphs of a model. `scan` and `explain` are made from the same weights: `scan` is fused and fast, `explain` has every
 * output. `strip` is a network of its own, which tells the rhythm of a strip (`strip-rhythm.ts`).
 */
export type GraphVariant = 'scan' | 'explain' | 'strip';

/** A model, shipped or adopted, whose card and files were found to agree. */
export interface ModelFiles {
  readonly card: ModelCard;
  /** Absolute path of the ONNX file of each variant. */
  readonly paths: Readonly<Partial<Record<GraphVariant, string>>>;
}

/** What execution providers are tried with: inputs that the model gets in earnest, made of a recording. */
export interface TrialBatch {
  /** As many rows as an analysis hands over at a time; the first dimension of every tensor is the row. */
  readonly inputs: Tensors;
  /** Segments of a recording for which these rows give the answer. */
  readonly segments: number;
  /**
   * Every probability that the outputs hold, or that follows from them, in an order of its own: what two providers are
   * compared by. Works for any number of leading rows.
   */
  probabilities(outputs: Tensors): Float32Array;
}

export interface TryOptions {
  /** Tries again what is known already. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  /** Told the provider before each trial. */
  readonly onTrying?: (provider: string) => void;
}

/** The inference process as the engine sees it: batches of standardised samples in, outputs back. */
export interface Inference {
  /** Batches that may run at the same time; 1 where absent. */
  readonly replicas?: number;
  /**
   * Runs one batch. A crash of the process is hidden: it is restarted and the batch is run again; a provider that is
   * lost is replaced by the CPU. A batch that crashes the CPU's process repeatedly is an `inference-failed`, one under which
   * it is killed again and again `busy`. Aborting
   * resolves with `cancelled` within 200 ms.
   */
  run(
    model: ModelFiles,
    variant: GraphVariant,
    inputs: Tensors,
    signal?: AbortSignal,
  ): Promise<Result<Tensors>>;
  /** Loads what a model's scans run in, before there is a batch: a second's work for whoever waits for the first. */
  ready?(model: ModelFiles): Promise<void>;
  /** Name of the execution provider (`cpu`, `cuda`, ...) that a model's scans run on now. */
  provider(model: ModelFiles): string;
  /** What is known of every provider for a model. Nothing is tried. */
  devices(model: ModelFiles): Promise<readonly DeviceReport[]>;
  /** Tries every provider that has not been tried with this model. */
  tryDevices(model: ModelFiles, options?: TryOptions): Promise<readonly DeviceReport[]>;
  close(): Promise<void>;
}

/** One process: batches in, answers out. */
export type InferenceProcess = Pick<Inference, 'run' | 'close'> &
  Required<Pick<Inference, 'ready'>>;

/** A value of a graph as its session declares it; a dynamic dimension is given by its name. */
export interface GraphValue {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly (number | string)[];
}
