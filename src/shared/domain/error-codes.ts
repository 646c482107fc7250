/** Every way a request can fail that a person can do something about. Bugs are not in this list: they throw. */
export const ERROR_CODES = [
  'not-found', // a file, folder, recording, analysis or model that does not exist
  'not-readable', // it exists, but the system will not let us read it
  'not-writable', // read-only target, full disk
  'not-wfdb', // not a WFDB record at all
  'bad-header', // a .hea file that breaks the grammar
  'bad-signal', // a signal file that contradicts its header
  'bad-annotation', // an annotation file that breaks the format
  'unknown-format', // a file in none of the formats that we read
  'needs-option', // a file that leaves out what a person must state; details.missing names it
  'unsupported', // well-formed, but a format or feature that we do not read
  'bad-input', // a request that breaks the contract
  'bad-model', // a model whose card and graph disagree
  'too-large', // over a stated limit
  'cancelled', // the caller asked to stop
  'inference-failed', // the inference process failed repeatedly on the same work
  'busy', // over the concurrency limit; try again later
  'conflict', // the stored state has moved on
  'forbidden', // outside what this door may reach
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
