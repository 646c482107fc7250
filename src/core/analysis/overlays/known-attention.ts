import {
  ok,
  type Faithfulness,
  type Overlay,
  type Result,
  type Segment,
} from '../../../shared/domain';
import type { AnalysisResult } from '../../review/store/types';
import { attendedOf, unpackAttention } from './attention';
import type { Attended } from '../types';

/** Where the model looked in one segment, and how faithful that was measured to be. */
export interface SegmentAttention extends Attended {
  /** Null unless somebody has looked at this overlay, which is when it is measured. */
  readonly faithfulness: Faithfulness | null;
}

/**
 * Attention of several segments by the cheapest way to each: overlays that were made already, what the analysis
 * kept, and one run of the network for the rest.
 * @param overlayOf overlay that is at hand for a segment
 * @param attend asks the model
 * @returns by segment index, without segments in which the model did not look
 */
export async function knownAttention(
  result: AnalysisResult,
  segments: readonly Segment[],
  overlayOf: (segment: Segment) => Overlay | undefined,
  attend: (segments: readonly Segment[]) => Promise<Result<readonly (Attended | null)[]>>,
): Promise<Result<ReadonlyMap<number, SegmentAttention>>> {
  const found = new Map<number, SegmentAttention>();
  const asked: Segment[] = [];
  for (const segment of segments) {
    const overlay = overlayOf(segment);
    if (overlay) {
      found.set(segment.index, { ...attendedOf(overlay), faithfulness: overlay.faithfulness });
    } else if (result.attention) {
      const place = result.segments.findIndex(({ index }) => index === segment.index);
      const kept = unpackAttention(result.attention, place, segment.startS);
      if (kept) found.set(segment.index, { ...kept, faithfulness: null });
    } else {
      asked.push(segment);
    }
  }
  if (asked.length === 0) return ok(found);
  const attended = await attend(asked);
  if (!attended.ok) return attended;
  attended.value.forEach((one, i) => {
    if (one) found.set(asked[i]!.index, { ...one, faithfulness: null });
  });
  return ok(found);
}
