import { z } from 'zod';

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

/** A sentence by its key in the catalogues of `shared/words`, with the values of its parameters. */
export interface Said {
  readonly key: string;
  /** One that is a sentence itself is said in the same language. */
  readonly values: Readonly<Record<string, string | number | Told>>;
}
export const Said: z.ZodType<Said> = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => Told)])),
});

/** A sentence in English, and how a reader is told it. */
export interface Told {
  readonly message: string;
  readonly said?: Said | undefined;
}
const Told: z.ZodType<Told> = z.object({ message: z.string(), said: Said.optional() });

/** An expected failure. `message` is one sentence for a person; it names the file and the field. */
export const Failure = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  /** The same for a reader, in the language of the page; absent where there is English alone. */
  said: Said.optional(),
});
export type Failure = z.infer<typeof Failure>;

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err = { readonly ok: false; readonly error: Failure };
/** Outcome of an operation that may fail in an expected way. */
export type Result<T> = Ok<T> | Err;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err(code: ErrorCode, message: string, details?: Record<string, unknown>): Err {
  return { ok: false, error: details ? { code, message, details } : { code, message } };
}
