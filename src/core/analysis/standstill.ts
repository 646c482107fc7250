import type { ModelCard, Segment, TimeSpan } from '../../shared/domain';
import { reasonBy } from '../../shared/domain/reason-words';
import { hasNoise, type StretchQuality } from '../beats/quality';
import { beatsIn } from './beats-in';
import type { SegmentWindow, Stillness } from './types';
import { judge } from './verdict';

/** RR from here on is a pause that a reader must see, whatever the network says (ACC/AHA/HRS 2018 bradycardia). */
const PAUSE_S = 3;

/**
 * Longest part of a segment between neighbouring beats in which every second could be read, its ends included; a gap
 * that reaches beyond the segment counts its part inside. Beats, quality and gaps are the recording's, not those of the
 * one lead that a model may read: a heart that another lead shows does not stand still.
 * @param timeS beats of the stretch that holds the segment, seconds from the start of the recording
 * @param restless gaps that are no pause
 */
export function stillnessOf(
  timeS: Float64Array,
  { startS, endS }: Pick<SegmentWindow, 'startS' | 'endS'>,
  quality: StretchQuality,
  restless: readonly TimeSpan[],
): Stillness {
  const [first, end] = beatsIn(timeS, startS, endS);
  let longest: TimeSpan = { startS, endS: startS };
  let from = startS;
  for (const to of [...timeS.subarray(first, end), endS]) {
    if (to - from > lengthS(longest) && !hasNoise(quality, from, to))
      longest = { startS: from, endS: to };
    from = to;
  }
  return {
    gapS: lengthS(longest),
    isRestless: restless.some((one) => one.startS <= longest.startS && one.endS >= longest.endS),
    isEmpty: first === end,
  };
}

const lengthS = ({ startS, endS }: TimeSpan): number => endS - startS;

/** What is known of the beats of a segment. */
export interface Standstill extends Omit<Stillness, 'isEmpty'> {
  /** The model's of Abnormal; null where it has none because there is no beat. */
  readonly probability: number | null;
}

/**
 * The rule for what no network is asked about: a readable segment without a beat, or with 3 s or more without one, is
 * Abnormal and marked for a look, since there is no heartbeat there or it was not found. It is the recording's and holds
 * for every model.
 * @returns null where the rule says nothing
 */
export function judgeStandstill(
  window: SegmentWindow,
  { probability, gapS, isRestless }: Standstill,
  card: Pick<ModelCard, 'id' | 'threshold' | 'referBand'>,
): Segment | null {
  if (window.unreadable !== null) return null;
  if (probability === null) {
    return { ...judge(window, 1, card), reason: reasonBy('noHeartbeat', {}), refer: true };
  }
  if (gapS < PAUSE_S) return null;
  const code = isRestless ? 'noHeartbeatFoundFor' : 'noHeartbeatFor';
  const reason = reasonBy(code, { s: gapS.toFixed(1) });
  return {
    ...judge(window, Math.max(probability, card.threshold.value), card),
    reason,
    refer: true,
  };
}
