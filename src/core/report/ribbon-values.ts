import type { Segment } from '../../shared/domain';
import type { SegmentAttention } from '../analysis/overlays/known-attention';
import type { StripAttention } from './types';

/** Attention whose maximum is less than this times its mean points nowhere. */
const EVEN_RATIO = 1.25;
/** Half the width of a beat's mark on the ribbon: a QRS complex with its T wave's beginning. */
const BEAT_MARK_S = 0.12;
const BEAT_RIBBON_STEP_S = 0.02;

/** Mean attention over the heads, scaled to its own maximum, as the ribbon of a strip. */
export function ribbonOf(
  attended: SegmentAttention,
  { startS, endS }: Segment,
): StripAttention | null {
  const largest = Math.max(...attended.shares);
  if (!(largest > 0)) return null;
  const faithful = attended.faithfulness?.faithful ?? null;
  const shares = attended.shares.map((value) => value / largest);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const even = shares.length > 1 && mean > 1 / EVEN_RATIO;
  if (!attended.beatTimesS) {
    return { startS, stepS: attended.stepS, values: shares, faithful, even };
  }
  const marks = new Float32Array(Math.round((endS - startS) / BEAT_RIBBON_STEP_S));
  attended.beatTimesS.forEach((timeS, beat) => {
    const middle = Math.round((timeS - startS) / BEAT_RIBBON_STEP_S);
    const half = Math.round(BEAT_MARK_S / BEAT_RIBBON_STEP_S);
    marks.fill(shares[beat]!, Math.max(0, middle - half), Math.max(0, middle + half + 1));
  });
  return { startS, stepS: BEAT_RIBBON_STEP_S, values: marks, faithful, even };
}
