import type { ModelCard, Segment } from '../../../shared/domain';
import { judgeStandstill } from '../standstill';
import type { SegmentWindow } from '../types';
import { judge } from '../verdict';

/**
 * In doubt, and beside a noisy second, only what a network is as sure of as this is flagged, a beat that is called
 * ventricular included. Of 22 records with noise of 6 dB on all of them 46 of 166 false flags beside a noisy second were
 * below it, and 12 of 891 true ones; of 39 others, which chose nothing, 18 of 101 and 11 of 911.
 */
const SURE = 0.75;

/** What is known of one segment. */
export interface SegmentEvidence {
  /** Probability of Abnormal, null where the segment has no beat. */
  readonly probability: number | null;
  /** Probabilities of an ectopic beat, and of fibrillation; null where no lead shows a beat. */
  readonly ectopy: number | null;
  readonly af: number | null;
  /** Half of the segment or more lies in an episode of fibrillation that is reported. */
  readonly isFibrillating: boolean;
  /** A beat in it is called ventricular, for which it is flagged whatever the network says of it (`agreedVerdicts`). */
  readonly hasVentricular: boolean;
  /** Longest stretch without a beat inside the segment, its ends included. */
  readonly longestGapS: number;
  /** That stretch is no pause (`restlessGaps`). */
  readonly isRestless?: boolean;
  /** Longest interval between two of its beats that is a pause by the patient's own rhythm; 0 where there is none. */
  readonly pauseS: number;
}

type Limits = Pick<ModelCard, 'id' | 'threshold' | 'referBand'>;

/**
 * Verdict of one segment: the network's, and rules for what it cannot see. Abnormal in any case are a segment without a
 * beat or with 3 s or more without one, which is also marked for a look (there is no heartbeat there, or it was not
 * found), one inside a reported episode of fibrillation, and one with a pause. Where noise may have made the beat that a
 * segment would be flagged for, or hidden one, the segment is Unreadable.
 */
export function judgeBeats(
  window: SegmentWindow,
  evidence: SegmentEvidence,
  card: Limits,
): Segment {
  const { ectopy, af } = evidence;
  const segment = verdictOf(window, evidence, card);
  if (segment.verdict === 'Unreadable') return segment;
  return { ...segment, ...(ectopy === null ? {} : { ectopy }), ...(af === null ? {} : { af }) };
}

function verdictOf(window: SegmentWindow, evidence: SegmentEvidence, card: Limits): Segment {
  const { probability, af, isFibrillating, hasVentricular, longestGapS, pauseS } = evidence;
  if (window.unreadable !== null) return judge(window, null, card);
  const standstill = judgeStandstill(
    window,
    { probability, gapS: longestGapS, isRestless: evidence.isRestless ?? false },
    card,
  );
  if (standstill || probability === null) return standstill!;
  const atLeast = (least: number): Segment => judge(window, Math.max(probability, least), card);
  const { value: threshold } = card.threshold;
  if (isFibrillating) {
    const reason = probability < threshold ? 'atrial fibrillation' : null;
    return { ...atLeast(Math.max(threshold, af ?? 0)), reason };
  }
  // A pause was looked for where no lead is noisy: it is not what noise beside it made of a beat.
  const isFlagged = probability >= threshold || hasVentricular;
  const mayBeNoise =
    pauseS > 0 ? window.isDoubtful : isFlagged && (window.isDoubtful || window.isDisturbed);
  if (mayBeNoise && probability < SURE) {
    return judge({ ...window, unreadable: 'noise' }, null, card);
  }
  if (pauseS > 0) {
    return { ...atLeast(threshold), reason: `pause of ${pauseS.toFixed(1)} s` };
  }
  return judge(window, probability, card);
}
