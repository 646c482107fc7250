import { contentHash } from './content-hash';

/** Worker task: SHA-256 over the files of a record (`contentHash`). A day of three leads is 130 MB. */
export function hashTask(input: {
  readonly files: readonly string[];
}): ReturnType<typeof contentHash> {
  return contentHash(input.files);
}
