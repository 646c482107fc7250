import type { ModelCard, Segment } from '../../shared/domain';
import type { SegmentWindow } from './types';

/**
 * Verdict of one window. At the threshold itself a segment is Abnormal: a flag too many costs a look, one too
 * few a finding.
 * @param probability of Abnormal, 0 to 1; not a number counts as a bug of the model and throws
 */
export function judge(
  window: SegmentWindow,
  probability: number | null,
  card: Pick<ModelCard, 'id' | 'threshold' | 'referBand'>,
): Segment {
  const { index, startS, endS, unreadable } = window;
  if (unreadable !== null || probability === null) {
    return {
      index,
      startS,
      endS,
      verdict: 'Unreadable',
      probability: null,
      reason: unreadable ?? 'no answer from the model',
      refer: false,
    };
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`${card.id} gave a probability of ${probability} for segment ${index}`);
  }
  const band = card.referBand;
  return {
    index,
    startS,
    endS,
    verdict: probability >= card.threshold.value ? 'Abnormal' : 'Normal',
    probability,
    reason: null,
    refer: band !== null && probability >= band.low && probability <= band.high,
  };
}
