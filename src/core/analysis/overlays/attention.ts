import type { Overlay } from '../../../shared/domain';
import type { AttentionColumns } from '../../review/store/types';
import type { Attended, BeatShares } from '../types';

/** Puts the beats' shares of all segments after each other. */
export function packAttention(
  segments: readonly { readonly startS: number }[],
  shares: readonly (BeatShares | null)[],
): AttentionColumns {
  const ends = new Uint32Array(segments.length);
  let total = 0;
  shares.forEach((of, i) => (ends[i] = total += of?.share.length ?? 0));
  const offsetS = new Float32Array(total);
  const share = new Float32Array(total);
  shares.forEach((of, i) => {
    if (!of) return;
    const from = ends[i]! - of.share.length;
    share.set(of.share, from);
    of.timeS.forEach((timeS, beat) => (offsetS[from + beat] = timeS - segments[i]!.startS));
  });
  return { ends, offsetS, share };
}

/** @returns null where the segment has no beats */
export function unpackAttention(
  { ends, offsetS, share }: AttentionColumns,
  place: number,
  startS: number,
): Attended | null {
  const from = place === 0 ? 0 : ends[place - 1]!;
  const end = ends[place] ?? from;
  if (end === from) return null;
  return {
    shares: share.slice(from, end),
    stepS: 0,
    beatTimesS: Float64Array.from(offsetS.subarray(from, end), (offset) => startS + offset),
  };
}

/** The attention of an overlay, averaged over its heads. */
export function attendedOf({ attention, heads, tokens, stepS, tokenTimesS }: Overlay): Attended {
  return {
    shares: meanOverHeads(attention, heads, tokens),
    stepS,
    beatTimesS: tokenTimesS ?? null,
  };
}

/** @param attention row-major [heads, tokens] */
export function meanOverHeads(
  attention: Float32Array,
  heads: number,
  tokens: number,
): Float32Array {
  const mean = new Float32Array(tokens);
  for (let i = 0; i < attention.length; i++) mean[i % tokens]! += attention[i]! / heads;
  return mean;
}
