import { z } from 'zod';
import { ok, ReviewEvent, type Result, type ReviewState } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { FindingsJson } from '../findings/findings-json';

/** What an exported review must hold to be taken over. */
const ImportedReview = z.object({
  format: z.literal('fiducial-review'),
  /** 2 has the findings and more kinds of edits. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  record: z.string(),
  recordSha256: z.string(),
  modelId: z.string(),
  modelSha256: z.string(),
  events: z.array(ReviewEvent),
});
export type ImportedReview = z.infer<typeof ImportedReview>;

/** A review as a file: what was found and decided, and every step that led there. */
export interface ReviewFile extends ImportedReview, FindingsJson {
  readonly exportedAtMs: number;
  readonly state: ReviewState;
}

/**
 * Reads an exported review and makes sure that it is about this recording and this model.
 * @param name the file's name, for the message
 */
export function parseReviewFile(
  json: string,
  name: string,
  expected: { recordSha256: string; modelSha256: string },
): Result<ImportedReview> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    return errSaid('bad-input', 'files.noJson', { file: name, why: (cause as Error).message });
  }
  const parsed = ImportedReview.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return errSaid('bad-input', 'files.noReview', {
      file: name,
      field: issue?.path.join('.') ?? '',
      why: issue?.message ?? '',
    });
  }
  if (parsed.data.recordSha256 !== expected.recordSha256) {
    return errSaid('conflict', 'failures.ofOtherRecording', { name, record: parsed.data.record });
  }
  if (parsed.data.modelSha256 !== expected.modelSha256) {
    return errSaid('conflict', 'failures.ofOtherModel', { name, model: parsed.data.modelId });
  }
  return ok(parsed.data);
}
