import type { Admitted, Emit, Handlers } from '../shared/contract';
import type { Result } from '../shared/domain';
import type { Analyses } from './analysis/handlers';
import type { Stated } from './base/stated-path';
import type { DocumentFile, Documents } from './base/documents';
import type { Inference } from './inference/types';
import type { ReviewExchange } from './review/exchange-review';
import type { ScanOne } from './scan/scan-one';
import type { ScanToFile } from './scan/scan-to-file';
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
  /** Analyses at work at a time; by default few, so that what a reader opens need not wait. */
  readonly analysesAtATime?: number;
}

type ExchangeOfReviews = ReviewExchange['service'];

/** The only public door of core: the contract's handlers, and what only a host may ask. */
export interface Service extends ExchangeOfReviews {
  readonly handlers: Handlers;
  /**
   * Brings paths into the worklist: `.hea` files, record names without an extension, or folders (searched
   * recursively for headers). Hosts call it with what a dialog, a drop or the command line gave.
   * @param stated of recordings whose files leave it out; kept with them
   */
  admit(paths: readonly string[], stated?: Stated): Promise<Result<Admitted>>;
  document(documentId: string): Promise<Result<DocumentFile>>;
  /** Puts a document where a person wants it, whole or not at all; it is no document any more then. */
  takeDocument: Documents['take'];
  /** Analyses a recording, or finds what is stored, and waits for the end. */
  readonly complete: Analyses['complete'];
  readonly scanToFile: ScanToFile;
  readonly scanOne: ScanOne;
  /** Waits for what is still being written, and closes the store. */
  close(): Promise<void>;
}
