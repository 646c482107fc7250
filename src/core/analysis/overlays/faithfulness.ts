import { ok, type Faithfulness, type Result } from '../../../shared/domain';
import { seededRandom } from '../../base/seeded-random';

/** 1 for a token that is masked, 0 for one that is left. */
export type TokenMask = Uint8Array;

/**
 * Logit(Abnormal) - logit(Normal) of the same input under each mask, in order. A masked token's samples are
 * replaced by the mean of the segment (0 after standardisation); nothing is standardised again.
 */
export type MarginUnderMasks = (masks: readonly TokenMask[]) => Promise<Result<readonly number[]>>;

export interface FaithfulnessOptions {
  /** Tokens to mask; by default a tenth of them, at least one. */
  readonly maskedTokens?: number;
  readonly seed?: number;
}

/** Random maskings that the drop of the top tokens is compared with. */
export const RANDOM_MASKS = 8;
/** Student's t, one-sided 95 %, RANDOM_MASKS - 1 degrees of freedom. */
const T_95 = 1.895;
/** A drop of 0.2 logits moves a probability by five points in a hundred at most: less is nothing to a reader. */
const LEAST_DROP_LOGIT = 0.2;

/**
 * The badge: an overlay is faithful when masking what it marks lowers logit(Abnormal) by more than chance and by
 * more than nothing. Chance is the one-sided 95 % prediction limit for one more random masking, given those that
 * were tried: mean + t * standard deviation * sqrt(1 + 1/n) (Hahn & Meeker, Statistical Intervals, 1991, 4.4).
 * @param randomDropsLogit drops under RANDOM_MASKS random maskings of the same size
 */
export function judgeDrops(
  topDropLogit: number,
  randomDropsLogit: readonly number[],
): Faithfulness {
  const n = randomDropsLogit.length;
  const randomDropLogit = randomDropsLogit.reduce((sum, drop) => sum + drop, 0) / n;
  const squares = randomDropsLogit.reduce((sum, drop) => sum + (drop - randomDropLogit) ** 2, 0);
  const limit = randomDropLogit + T_95 * Math.sqrt((squares / (n - 1)) * (1 + 1 / n));
  return {
    topDropLogit,
    randomDropLogit,
    faithful: topDropLogit >= LEAST_DROP_LOGIT && topDropLogit > limit,
  };
}

/**
 * Does an overlay point at what the model used? Deletion test (Samek et al., IEEE TNNLS 2017; for attention Jain &
 * Wallace, NAACL 2019): the drop of the Abnormal margin when the highest tokens are masked, against the drops under
 * random masks. A control is the same mask moved round the segment by a random distance: as many tokens in runs as
 * long, so that only the place differs, not how much of the waveform is torn up; and it is elsewhere (`isElsewhere`).
 * @param overlay one value per token, attention or evidence; larger speaks louder for Abnormal
 */
export async function measureFaithfulness(
  overlay: Float32Array,
  marginUnderMasks: MarginUnderMasks,
  options: FaithfulnessOptions = {},
): Promise<Result<Faithfulness>> {
  const tokens = overlay.length;
  const { seed = 1 } = options;
  const masked = options.maskedTokens ?? Math.max(1, Math.round(tokens / 10));
  const top = topMask(overlay, masked);
  const random = seededRandom(seed);
  const places = distancesElsewhere(top);
  const controls = Array.from({ length: RANDOM_MASKS }, () =>
    moved(top, places[Math.floor(random() * places.length)]!),
  );
  const margins = await marginUnderMasks([new Uint8Array(tokens), top, ...controls]);
  if (!margins.ok) return margins;
  const [whole, withoutTop, ...withoutRandom] = margins.value as [number, number, ...number[]];
  return ok(
    judgeDrops(
      whole - withoutTop,
      withoutRandom.map((margin) => whole - margin),
    ),
  );
}

/** Marks the `count` highest tokens; of equals, the earlier. */
export function topMask(overlay: Float32Array, count: number): TokenMask {
  const order = Array.from(overlay.keys()).sort((a, b) => overlay[b]! - overlay[a]! || a - b);
  const mask = new Uint8Array(overlay.length);
  for (const token of order.slice(0, count)) mask[token] = 1;
  return mask;
}

/**
 * Whether a control is another place than the top: of `total` tokens, two sets of `size` share size^2 / total on
 * average, and a control shares no more. One that does would have the top's own effect counted as chance.
 */
export function isElsewhere(shared: number, size: number, total: number): boolean {
  return shared <= (size * size) / total;
}

/** How far a mask may be moved. Never empty: the average over all distances is reached, and distance 0 is above it. */
function distancesElsewhere(mask: TokenMask): number[] {
  const marked = Array.from(mask.keys()).filter((token) => mask[token] === 1);
  const distances: number[] = [];
  for (let distance = 1; distance < mask.length; distance++) {
    const shared = marked.filter((token) => mask[(token + distance) % mask.length] === 1).length;
    if (isElsewhere(shared, marked.length, mask.length)) distances.push(distance);
  }
  return distances.length > 0 ? distances : [0];
}

function moved(mask: TokenMask, distance: number): TokenMask {
  return mask.map((_, token) => mask[(token + distance) % mask.length]!);
}
