import type { DeviceReport } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { GraphVariant, Tensors } from './types';

/** A graph as the inference process names it; `key` changes whenever the file's content does. */
export interface GraphRef {
  readonly key: string;
  readonly path: string;
  /** Of the file at `path`, as its card has it. */
  readonly sha256: string;
  /** SHA-256 of the files beside it in which the graph may keep weights, by name. */
  readonly beside: Readonly<Record<string, string>>;
  readonly variant: GraphVariant;
  /** Threads inside an operator: as many as the machine has cores for, or one because replicas run beside it. */
  readonly threads: 'all' | 'one';
  /** Whether providers other than the CPU are worth a trial. */
  readonly accelerate: boolean;
}

export type ToInference =
  | {
      kind: 'run';
      id: number;
      graph: GraphRef;
      inputs: Tensors;
      /** Providers that brought the process down before and are not to be tried again. */
      banned: readonly string[];
    }
  | { kind: 'devices'; id: number; banned: readonly string[] };

export type FromInference =
  | {
      kind: 'reply';
      id: number;
      result: Result<Tensors | readonly DeviceReport[]>;
      /** Execution provider of the scan graphs; absent until one has been chosen. */
      provider?: string;
    }
  /** A provider is about to be tried; a crash before `provider: null` is that provider's fault. */
  | { kind: 'trying'; provider: string | null };
