import type { Admitted, Emit, Handlers } from '../shared/contract';
import type { Result } from '../shared/domain';
import type { DocumentFile } from './base/documents';
import type { Inference } from './inference/types';
import type { ReviewExchange } from './review/exchange-review';
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
  readonly emit: Emit;
}

type ExchangeOfReviews = ReviewExchange['service'];

/** The only public door of core: the contract's handlers, and what only a host may ask. */
export interface Service extends ExchangeOfReviews {
  readonly handlers: Handlers;
  /**
   * Brings paths into the worklist: `.hea` files, record names without an extension, or folders (searched
   * recursively for headers). Hosts call it with what a dialog, a drop or the command line gave.
   */
  admit(paths: readonly string[]): Promise<Result<Admitted>>;
  document(documentId: string): Promise<Result<DocumentFile>>;
  close(): Promise<void>;
}
