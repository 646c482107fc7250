import { z } from 'zod';
import { err, ok, ReviewEvent, ReviewState, type Result } from '../../shared/domain';

/** A review as a file: what was decided, and every step that led there. */
export const ReviewFile = z.object({
  format: z.literal('fiducial-review'),
  formatVersion: z.literal(1),
  record: z.string(),
  recordSha256: z.string(),
  modelId: z.string(),
  modelSha256: z.string(),
  exportedAtMs: z.number(),
  state: ReviewState,
  events: z.array(ReviewEvent),
});
export type ReviewFile = z.infer<typeof ReviewFile>;

/**
 * Reads an exported review and makes sure that it is about this recording and this model.
 * @param name the file's name, for the message
 */
export function parseReviewFile(
  json: string,
  name: string,
  expected: { recordSha256: string; modelSha256: string },
): Result<ReviewFile> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    return err('bad-input', `${name} is not JSON: ${(cause as Error).message}.`);
  }
  const parsed = ReviewFile.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(
      'bad-input',
      `${name} is not an exported review: ${issue?.path.join('.')} ${issue?.message}.`,
    );
  }
  if (parsed.data.recordSha256 !== expected.recordSha256) {
    return err('conflict', `${name} belongs to another recording (${parsed.data.record}).`);
  }
  if (parsed.data.modelSha256 !== expected.modelSha256) {
    return err(
      'conflict',
      `${name} was decided on verdicts of another model (${parsed.data.modelId}).`,
    );
  }
  return ok(parsed.data);
}
