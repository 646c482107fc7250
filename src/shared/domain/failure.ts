import { z } from 'zod';
import { ERROR_CODES } from './error-codes';

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
