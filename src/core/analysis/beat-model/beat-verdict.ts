import type { ModelCard, Segment } from '../../../shared/domain';
import type { SegmentWindow } from '../types';
import { judge } from '../verdict';

/** RR from here on is a pause that a reader must see, whatever the network says (ACC/AHA/HRS 2018 bradycardia). */
const PAUSE_S = 3;

/**
 * Verdict of one segment: the network's, and a rule for what it cannot see. A segment without a beat, or with a
 * pause of 3 s or more in it, is Abnormal and marked for a look: there is no heartbeat there, or it was not found.
 *
 * @param probability of Abnormal, null where the segment has no beat
 * @param longestGapS longest stretch without a beat inside the segment, its ends included
 */
export function judgeBeats(
  window: SegmentWindow,
  probability: number | null,
  longestGapS: number,
  card: Pick<ModelCard, 'id' | 'threshold' | 'referBand'>,
): Segment {
  if (window.unreadable !== null) return judge(window, null, card);
  if (probability === null || longestGapS >= PAUSE_S) {
    const least = probability === null ? 1 : card.threshold.value;
    return {
      ...judge(window, Math.max(probability ?? 0, least), card),
      reason:
        probability === null
          ? 'no heartbeat found'
          : `no heartbeat for ${longestGapS.toFixed(1)} s`,
      refer: true,
    };
  }
  return judge(window, probability, card);
}
