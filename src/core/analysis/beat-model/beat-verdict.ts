import { SINUS_REASON, type ModelCard, type Segment } from '../../../shared/domain';
import { reasonBy } from '../../../shared/domain/reason-words';
import { neverNormal } from '../never-normal';
import { judgeStandstill } from '../standstill';
import type { SegmentWindow } from '../types';
import { judge } from '../verdict';

/**
 * In doubt, and beside a noisy second, only what a network is as sure of as this is flagged, a beat that is called
 * ventricular included; with a slow heart, a couplet or a run, which noise seldom makes, for less.
 * docs/models-diary.md has what either limit takes and keeps: 0.8 and 0.75 by the calibration of 1.4.0.
 */
const SURE = { plain: 0.756, otherwise: 0.701 };

/** Below this an answer is not likely, as calibrated. */
const UNLIKELY = 0.5;

/** From such an interval on a segment may be flagged for a pause or a severe bradycardia (`agreedVerdicts`), s. */
const SLOW_S = 1.5;

/** What is known of one segment. */
export interface SegmentEvidence {
  /** Probability of Abnormal, null where the segment has no beat. */
  readonly probability: number | null;
  /** Probabilities of an ectopic beat, and of fibrillation; null where no lead shows a beat. */
  readonly ectopy: number | null;
  readonly af: number | null;
  /** Half of the segment or more lies in an episode of fibrillation that is reported. */
  readonly isFibrillating: boolean;
  /** Half of it or more lies in what the network takes for fibrillation and is sinus rhythm (`isSinusInstead`). */
  readonly isSinus?: boolean;
  /** The beats say fibrillation of a strip, and the whole of it does not: it is not Normal without a mark. */
  readonly isDisputed?: boolean;
  /** Beats called ventricular that follow each other, at most; for one it is flagged whatever the network says of it. */
  readonly ventricularInARow: number;
  /**
   * Whether every beat is called N, and the intervals vary as breathing makes them (`variesAsSinus`): asked of what is
   * flagged or borderline, one segment of many.
   */
  readonly variesAsSinus?: () => boolean;
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
 * found), one inside a reported episode of fibrillation, one with a pause, and one with signs by which it is never Normal
 * (`neverNormal`). One that is flagged and that sinus arrhythmia explains is borderline, and one that would be borderline
 * is not. One of a strip whose beats fibrillate and which does not as a whole is borderline at least. Where noise may have
 * made the beat that a segment would be flagged for, or hidden one, the segment is Unreadable.
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
  const { probability, af, isFibrillating, longestGapS, pauseS } = evidence;
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
    const reason = probability < threshold ? reasonBy('af', {}) : null;
    return { ...atLeast(Math.max(threshold, af ?? 0)), reason };
  }
  if (mayBeNoise(window, evidence, threshold)) {
    return judge({ ...window, unreadable: 'noise' }, null, card);
  }
  if (pauseS > 0) {
    return { ...atLeast(threshold), reason: reasonBy('pauseOf', { s: pauseS.toFixed(1) }) };
  }
  const judged = judge(window, probability, card);
  const isFlagged = judged.verdict === 'Abnormal';
  const isSinus = (isFlagged || judged.refer) && mayBeSinusArrhythmia(evidence);
  const softened: Segment = isSinus
    ? { ...judged, verdict: 'Normal', refer: isFlagged, reason: SINUS_REASON }
    : judged;
  const last = neverNormal(window, softened, card);
  return evidence.isDisputed && last.verdict === 'Normal' ? { ...last, refer: true } : last;
}

/**
 * Whether sinus arrhythmia explains what the network says. No ectopic beat may be likely, nor fibrillation but where it is
 * sinus rhythm by more than the segment.
 */
function mayBeSinusArrhythmia({ variesAsSinus, isSinus, ectopy, af }: SegmentEvidence): boolean {
  const mayFibrillate = (af ?? 1) >= UNLIKELY && isSinus !== true;
  return (ectopy ?? 1) < UNLIKELY && !mayFibrillate && variesAsSinus?.() === true;
}

/** Whether noise may have made what a segment would be flagged for. */
function mayBeNoise(
  { isDoubtful, isDisturbed }: SegmentWindow,
  { probability, ventricularInARow, longestGapS, pauseS }: SegmentEvidence,
  threshold: number,
): boolean {
  // A slow heart, a couplet and a run are seldom noise, and fibrillation that looks like noise has them.
  const isPlain = ventricularInARow < 2 && longestGapS < SLOW_S;
  if (probability === null || probability >= (isPlain ? SURE.plain : SURE.otherwise)) return false;
  // A pause was looked for where no lead is noisy: it is not what noise beside it made of a beat.
  if (pauseS > 0) return isDoubtful === true;
  const isBeside = isPlain && isDisturbed === true;
  if (probability >= threshold) return isDoubtful === true || isBeside;
  return ventricularInARow === 1 && (isBeside || (isPlain && isDoubtful === true));
}
