import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';

const Span = z.object({ startS: z.number().min(0), endS: z.number().min(0) });

/**
 * Lies beside a record whose annotations are a reader's decisions and no whole reference (`NAME.mask.json`): a beat that
 * is not annotated may be there all the same.
 */
export const DecidedOnly = z.object({
  format: z.literal('fiducial-mask'),
  formatVersion: z.literal(1),
  /** Whose recording it is, so that a person is never on both sides of a split. */
  patient: z.string().min(1),
  /** Who decided; an annotation's `num` counts them from 1. */
  readers: z.array(z.string()),
  /** Stretches in which every beat is annotated, in time order. */
  whole: z.array(Span),
  /** Segments that were decided as such, whatever was said of their beats. */
  segments: z.array(Span.extend({ abnormal: z.boolean(), reader: z.int().min(1) })),
  /** What it was made of: when this is the same, the record need not be written again. */
  from: z.object({ content: z.string(), decisions: z.string() }),
});
export type DecidedOnly = z.infer<typeof DecidedOnly>;

const MASK_ENDING = '.mask.json';
/** In the header of such a record: without its mask it must not be taken for a whole reference. */
export const MASKED_COMMENT = 'only what readers decided is annotated';
/** Rhythm of stretches that nobody decided. */
export const UNDECIDED_RHYTHM = '(U';

/** Where the mask of a record lies. @param path of the record's header */
export function maskPath(path: string): string {
  return join(dirname(path), `${basename(path, '.hea')}${MASK_ENDING}`);
}

/**
 * The mask beside a record; null where there is none and none is missing.
 * @param comments of the record's header
 * @returns `not-found` where the header says that there has to be one, `bad-annotation` for one that cannot be read
 */
export async function readDecidedOnly(
  path: string,
  comments: readonly string[],
): Promise<Result<DecidedOnly | null>> {
  const file = maskPath(path);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    if (isMissing && !comments.some((line) => line.includes(MASKED_COMMENT))) return ok(null);
    return isMissing
      ? errSaid('not-found', 'files.decidedMissing', { file })
      : errSaid('not-readable', 'failures.cannotBeRead', { name: file, why: code });
  }
  try {
    const parsed = DecidedOnly.safeParse(JSON.parse(text));
    if (parsed.success) return ok(parsed.data);
    const issue = parsed.error.issues[0]!;
    return errSaid('bad-annotation', 'files.jsonField', {
      file,
      field: issue.path.join('.'),
      why: issue.message,
    });
  } catch (cause) {
    return errSaid('bad-annotation', 'files.noJson', { file, why: (cause as Error).message });
  }
}
