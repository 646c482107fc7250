import { defineTask } from '../workers/task';
import type { Result } from '../../shared/domain';
import { contentHash } from './content-hash';

/** Worker task: SHA-256 over the files of a record (`contentHash`). A day of three leads is 130 MB. */
export const hashTask = defineTask(
  'hash',
  (input: { readonly path: string; readonly files: readonly string[] }): Promise<Result<string>> =>
    contentHash(input),
);
