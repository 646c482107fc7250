import type { Result } from '../../shared/domain';
import type { Tensors } from './types';

/** A graph as the inference process names it; `key` changes whenever the content of its files does. */
export interface GraphRef {
  readonly key: string;
  readonly path: string;
  /** Of the file at `path`, as its card has it. */
  readonly sha256: string;
  /** SHA-256 of the files beside it in which the graph may keep weights, by name. */
  readonly beside: Readonly<Record<string, string>>;
  /** Threads inside an operator: as many as the machine has cores for, or one because replicas run beside it. */
  readonly threads: 'all' | 'one';
  /** Execution provider, as ONNX Runtime names it. */
  readonly provider: string;
}

export type ToInference =
  | { kind: 'run'; id: number; graph: GraphRef; inputs: Tensors }
  /** Loads a graph, before there is a batch for it. */
  | { kind: 'load'; id: number; graph: GraphRef }
  /** Asks which execution providers this build of ONNX Runtime knows. */
  | { kind: 'providers'; id: number };

export type FromInference =
  /** A part of the work on a request is done; the next may take as long again. */
  | { kind: 'step'; id: number; step: 'runtime-loaded' | 'session-opened' }
  | { kind: 'reply'; id: number; result: Result<Tensors> | Result<readonly string[]> };
