import type { ModelFiles } from '../../core/inference/types';
import type { Warning } from '../../shared/domain';
import type { SpanParent } from '../spans';

/** A prediction whose upload has arrived and can be read. */
export interface Prepared {
  /** The caller does not wait for the answer. */
  readonly isAsync: boolean;
  readonly path: string;
  readonly model: ModelFiles;
  readonly lead: number | null;
  readonly withSignal: boolean;
  readonly warnings: readonly Warning[];
  /** The request that brought it, for the spans of what comes after. */
  readonly span: SpanParent;
}
