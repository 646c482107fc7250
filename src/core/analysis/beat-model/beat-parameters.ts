import { z } from 'zod';
import { ok, type ModelCard, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { BEAT_FEATURE_VERSION, BEAT_WINDOW } from '../../beats/features';
import { SEQUENCE_BEATS } from './beat-sequences';

/** What a card of kind `beat-attention` says beyond the common fields. */
const BeatParameters = z.object({
  featureVersion: z.int(),
  classes: z.array(z.string()),
  sequenceBeats: z.int(),
  members: z.int().min(1),
  segmentBiasLogit: z.object({ review: z.number(), ectopy: z.number() }),
  /** Below this probability a beat is called Q: the model cannot say. */
  uncertainBelow: z.number().min(0).max(1),
  /**
   * For recordings of a minute or less: added to the bias of their segments; the mean probability of fibrillation over the
   * beats from which the strip fibrillates; and where the model has a network of strips, what the logits of both are
   * multiplied by, the offset of their sum, the probability from which the strip fibrillates, and the graph's SHA-256.
   */
  strip: z
    .object({
      shiftLogit: z.number(),
      fibrillationMean: z.number().min(0).max(1),
      rhythm: z
        .object({
          strip: z.number(),
          beats: z.number(),
          offset: z.number(),
          threshold: z.number().min(0).max(1),
          sha256: z.string(),
        })
        .optional(),
    })
    .optional(),
  /** Leads to read at most. */
  leads: z.int().min(1),
});
export type BeatParameters = z.infer<typeof BeatParameters>;

/** @returns `bad-model` where the card was made for other features or another graph than this code feeds */
export function beatParameters(card: ModelCard): Result<BeatParameters> {
  const parsed = BeatParameters.safeParse(card.parameters);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return errSaid('bad-model', 'files.cardParameter', {
      id: card.id,
      field: issue.path.join('.'),
      why: issue.message,
    });
  }
  const { featureVersion, sequenceBeats } = parsed.data;
  if (featureVersion !== BEAT_FEATURE_VERSION) {
    return errSaid('bad-model', 'files.featureVersion', {
      id: card.id,
      version: featureVersion,
      own: BEAT_FEATURE_VERSION,
    });
  }
  if (sequenceBeats !== SEQUENCE_BEATS || card.samplingRateHz !== BEAT_WINDOW.rateHz) {
    return errSaid('bad-model', 'files.cardBeats', {
      id: card.id,
      beats: sequenceBeats,
      rate: card.samplingRateHz,
      own: SEQUENCE_BEATS,
      ownRate: BEAT_WINDOW.rateHz,
    });
  }
  return ok(parsed.data);
}
