import { ok, type Faithfulness, type Result } from '../../shared/domain';
import { seededRandom } from './seeded-random';

/** 1 for a token that is masked, 0 for one that is left. */
export type TokenMask = Uint8Array;

/**
 * Logit(Abnormal) - logit(Normal) of the same input under each mask, in order. A masked token's samples are
 * replaced by the mean of the segment (0 after standardisation); nothing is standardised again.
 */
export type MarginUnderMasks = (masks: readonly TokenMask[]) => Promise<Result<readonly number[]>>;

export interface FaithfulnessOptions {
  /** Tokens to mask; by default a tenth of them (design.md section 5), at least one. */
  readonly maskedTokens?: number;
  /** Controls to average over. */
  readonly randomMasks?: number;
  readonly seed?: number;
}

/**
 * Does the attention point at what the model used? Deletion test (Samek et al., IEEE TNNLS 2017; for attention
 * Jain & Wallace, NAACL 2019): the drop of the Abnormal margin when the most attended tokens are masked, against
 * the mean drop under random masks. A control is the same mask moved round the segment by a random distance: as
 * many tokens in runs as long, so that only the place differs, not how much of the waveform is torn up.
 * @param attention one value per token, larger is more attended
 * @returns faithful when masking the top tokens lowers the margin, and by more than the controls' mean
 */
export async function measureFaithfulness(
  attention: Float32Array,
  marginUnderMasks: MarginUnderMasks,
  options: FaithfulnessOptions = {},
): Promise<Result<Faithfulness>> {
  const tokens = attention.length;
  const { randomMasks = 8, seed = 1 } = options;
  const masked = options.maskedTokens ?? Math.max(1, Math.round(tokens / 10));
  const top = topMask(attention, masked);
  const random = seededRandom(seed);
  const controls = Array.from({ length: randomMasks }, () =>
    moved(top, 1 + Math.floor(random() * Math.max(1, tokens - 1))),
  );
  const margins = await marginUnderMasks([new Uint8Array(tokens), top, ...controls]);
  if (!margins.ok) return margins;
  const [whole, withoutTop, ...withoutRandom] = margins.value as [number, number, ...number[]];
  const topDropLogit = whole - withoutTop;
  const randomDropLogit =
    withoutRandom.reduce((sum, margin) => sum + (whole - margin), 0) / withoutRandom.length;
  return ok({
    topDropLogit,
    randomDropLogit,
    faithful: topDropLogit > 0 && topDropLogit > randomDropLogit,
  });
}

/** Marks the `count` most attended tokens; of equals, the earlier. */
export function topMask(attention: Float32Array, count: number): TokenMask {
  const order = Array.from(attention.keys()).sort((a, b) => attention[b]! - attention[a]! || a - b);
  const mask = new Uint8Array(attention.length);
  for (const token of order.slice(0, count)) mask[token] = 1;
  return mask;
}

function moved(mask: TokenMask, distance: number): TokenMask {
  return mask.map((_, token) => mask[(token + distance) % mask.length]!);
}
