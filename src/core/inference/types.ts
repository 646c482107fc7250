import type { ModelCard, Result } from '../../shared/domain';
import type { DeviceReport } from '../../shared/contract';

export interface Tensor {
  readonly type: 'float32' | 'int64' | 'bool';
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint8Array;
}
export type Tensors = Readonly<Record<string, Tensor>>;

/** Graphs made from the same weights: `scan` is fused and fast, `explain` has every output. */
export type GraphVariant = 'scan' | 'explain';

/** A model of resources/models whose card and files were found to agree. */
export interface ModelFiles {
  readonly card: ModelCard;
  /** Absolute path of the ONNX file of each variant. */
  readonly paths: Readonly<Partial<Record<GraphVariant, string>>>;
}

/** The inference process as the engine sees it: batches of standardised samples in, outputs back. */
export interface Inference {
  /** Batches that may run at the same time; 1 where absent. */
  readonly replicas?: number;
  /**
   * Runs one batch. A crash of the process is hidden: it is restarted and the batch is run again; a batch
   * that crashes it repeatedly is an `inference-failed`. Aborting resolves with `cancelled` within 200 ms.
   */
  run(
    model: ModelFiles,
    variant: GraphVariant,
    inputs: Tensors,
    signal?: AbortSignal,
  ): Promise<Result<Tensors>>;
  /** Name of the provider in use; null until a model has run. */
  provider?(): string | null;
  /** Provider in use (`cpu`, `cuda`, ...), and why. */
  devices(): Promise<Result<readonly DeviceReport[]>>;
  close(): Promise<void>;
}
