import type { Result } from '../../shared/domain';
import { contentHash } from '../wfdb';

/** Worker task: SHA-256 over the files of a record (`contentHash`). A day of three leads is 130 MB. */
export function hashTask(input: {
  readonly headerPath: string;
  readonly files: readonly string[];
}): Promise<Result<string>> {
  return contentHash(input);
}
