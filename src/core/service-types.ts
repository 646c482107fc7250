import type { Admitted, EventName, EventPayload, Handlers } from '../shared/contract';
import type { Result } from '../shared/domain';
import type { Inference } from './inference/types';
import type { ReviewFile } from './review/exchange';
import type { Pool } from './workers/types';

/** What the service needs from whoever hosts it; everything that starts a thread or process is injected. */
export interface ServiceDependencies {
  readonly pool: Pool;
  readonly inference: Inference;
  /** Where the store, settings and documents live; created when absent. */
  readonly dataDir: string;
  /** `resources/models`: ONNX files and their cards. */
  readonly modelsDir: string;
  readonly host: 'electron' | 'browser' | 'cli';
  readonly version: string;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
}

/** A finished file for the host to copy, stream or show. */
export interface DocumentFile {
  readonly path: string;
  readonly suggestedName: string;
  readonly mediaType: string;
}

/** The only public door of core: the contract's handlers, and what only a host may ask. */
export interface Service {
  readonly handlers: Handlers;
  /**
   * Brings paths into the worklist: `.hea` files, record names without an extension, or folders (searched
   * recursively for headers). Hosts call it with what a dialog, a drop or the command line gave.
   */
  admit(paths: readonly string[]): Promise<Result<Admitted>>;
  document(documentId: string): Promise<Result<DocumentFile>>;
  /** The review of a finished analysis as a file's content: decisions and trail. */
  exportReview(analysisId: string): Promise<Result<ReviewFile>>;
  /** Takes over an exported review; `conflict` when the analysis has decisions of its own. */
  adoptReview(analysisId: string, file: ReviewFile): Promise<Result<void>>;
  close(): Promise<void>;
}
