import {
  FIBRILLATION_REASON,
  tachycardiaReason,
  WIDE_REASON,
  type ModelCard,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import { COMPLEXES, hasNoise, WINDOW_S, type StretchQuality } from '../beats/quality';
import { isStrip } from '../../shared/domain/strip';
import { beatsIn } from './beats-in';
import type { SegmentWindow } from './types';

/** Windows of 3 s of a segment that have to show what is told of them: one alone may be a moving electrode. */
const LEAST_WINDOWS = 2;
/**
 * Share of the windows of a strip that has to look like fibrillation before any of it is flagged for that. Of 3,258 normal
 * strips of CinC 2017 72 were flagged for two windows somewhere, 7 are so; of 98 segments of fibrillation in vfdb and cudb
 * cut to strips that nothing else flags 91 still are. One that begins late in a strip can be missed by this rule.
 */
const LEAST_OF_STRIP = 0.2;

/** Share of a segment's readable windows of 3 s whose complexes have to be slow. */
const LEAST_SLOW = 0.75;

/** Consecutive intervals that a rate is taken of, as the highest heart rate of a recording is (`DEFAULT_FINDING_THRESHOLDS`). */
const RATE_INTERVALS = 8;

/** Intervals of a burst: the five beats at least that it has, each as early as that. */
const BURST_INTERVALS = 4;

/**
 * From this rate on no heart at rest beats in sinus rhythm, bpm: a child's tachycardia is probably supraventricular or
 * ventricular from 180 on (AHA Pediatric Advanced Life Support, Circulation 2020;142:S469), and an adult's sinus node
 * reaches as much in hard exercise alone (220 less the age; ACC/AHA/HRS 2015 on supraventricular tachycardia).
 */
const FASTEST_SINUS_BPM = 180;

/** What the leads of a recording show in a stretch, whatever a model reads. */
interface Shown {
  /** 1 where the 3 s that begin with a second look like fibrillation (`fibrillatingWaves`), from `fromS` on. */
  readonly waves: Uint8Array;
  /** How quick the complexes of those 3 s are (`slowComplexes`), from `fromS` on. */
  readonly slow: Uint8Array;
  readonly fromS: number;
  /** Beats, seconds from the start of the recording. */
  readonly timeS: Float64Array;
  /** The best of the leads, per second. */
  readonly quality: StretchQuality;
  /** Of the recording; a strip is shown whole. */
  readonly durationS: number;
}

/** Signs in a segment by which it is not Normal, whatever a network says of it. */
export type Signs = Pick<SegmentWindow, 'mayFibrillate' | 'fastBpm' | 'isSlow'>;

/** What of these a segment shows. A strip is asked for fibrillation only where enough of it looks so. */
export function signsIn(
  { waves, slow, fromS, timeS, quality, durationS }: Shown,
  span: TimeSpan,
): Signs {
  const isAsked = !isStrip(durationS) || shareOf(waves) >= LEAST_OF_STRIP;
  return {
    mayFibrillate: isAsked && hasFibrillatingWaves(waves, fromS, span),
    fastBpm: fastRate(timeS, quality, span),
    isSlow: hasSlowComplexes(slow, fromS, span),
  };
}

/** Share of the windows of a strip that look like fibrillation. */
function shareOf(waves: Uint8Array): number {
  const windows = waves.length - WINDOW_S + 1;
  return windows > 0 ? waves.reduce((sum, own) => sum + own, 0) / windows : 0;
}

/** Whether ventricular fibrillation may be in a segment, be it for a few seconds between two shocks. */
export function hasFibrillatingWaves(waves: Uint8Array, fromS: number, span: TimeSpan): boolean {
  return windowsIn(waves, fromS, span).filter((one) => one === 1).length >= LEAST_WINDOWS;
}

/** Whether the complexes of a segment are too slow to be conducted, in most of what can be read of it. */
export function hasSlowComplexes(slow: Uint8Array, fromS: number, span: TimeSpan): boolean {
  const seen = windowsIn(slow, fromS, span).filter((one) => one !== COMPLEXES.unseen);
  const found = seen.filter((one) => one === COMPLEXES.slow).length;
  return found >= Math.max(LEAST_WINDOWS, LEAST_SLOW * seen.length);
}

/** What is said of the windows of 3 s that lie in a segment as a whole. */
function windowsIn(said: Uint8Array, fromS: number, { startS, endS }: TimeSpan): Uint8Array {
  const first = Math.max(0, Math.round(startS - fromS));
  return said.subarray(first, Math.max(first, Math.round(endS - fromS) - WINDOW_S + 1));
}

/**
 * The fastest rate in a segment where it is beyond what a sinus node does at rest, bpm; else 0: the mean of eight
 * consecutive intervals, of which a missed beat may be one, or the slowest of four, which is a short burst. What noise may
 * have made of beats is left out.
 */
export function fastRate(
  timeS: Float64Array,
  quality: StretchQuality,
  { startS, endS }: TimeSpan,
): number {
  const [first, end] = beatsIn(timeS, startS, endS);
  let fastest = 0;
  for (let last = first + BURST_INTERVALS; last < end; last++) {
    for (const [bpm, from] of [
      [slowestOf(timeS, last), last - BURST_INTERVALS],
      [meanOf(timeS, last), last - RATE_INTERVALS],
    ] as const) {
      const isFaster = from >= first && bpm > fastest;
      if (isFaster && !hasNoise(quality, timeS[from]!, timeS[last]!)) fastest = bpm;
    }
  }
  return fastest >= FASTEST_SINUS_BPM ? fastest : 0;
}

function meanOf(timeS: Float64Array, last: number): number {
  return (60 * RATE_INTERVALS) / (timeS[last]! - timeS[last - RATE_INTERVALS]!);
}

function slowestOf(timeS: Float64Array, last: number): number {
  let longestS = 0;
  for (let i = last - BURST_INTERVALS + 1; i <= last; i++)
    longestS = Math.max(longestS, timeS[i]! - timeS[i - 1]!);
  return 60 / longestS;
}

/**
 * The rule that no segment is Normal which may hold ventricular fibrillation, whose rate no heart at rest has in sinus
 * rhythm, or whose complexes are too slow to be conducted, whatever a network says of it: one of 10 s with a shock in it is
 * mostly the shock's, and the waves beside it are nearly a baseline; a tachycardia of equal complexes looks even, and
 * complexes half a second wide are one person's own form when there is no other. It is Abnormal and marked for a look. The
 * rule is the recording's and holds for every model; what it is found to hold besides, `agreedVerdicts` sees to. What a
 * network flags is said to be possible fibrillation as well: few of its beats are found, and these name it a slow run.
 * @param segment as the network and the rules before judged it
 */
export function neverNormal(
  { mayFibrillate, fastBpm, isSlow }: SegmentWindow,
  segment: Segment,
  card: Pick<ModelCard, 'threshold'>,
): Segment {
  if (mayFibrillate && segment.verdict === 'Abnormal' && segment.reason === null)
    return { ...segment, reason: FIBRILLATION_REASON };
  const fast = fastBpm ? tachycardiaReason(fastBpm) : null;
  const reason = mayFibrillate ? FIBRILLATION_REASON : (fast ?? (isSlow ? WIDE_REASON : null));
  if (reason === null || segment.verdict !== 'Normal') return segment;
  return {
    ...segment,
    verdict: 'Abnormal',
    probability: Math.max(segment.probability ?? 0, card.threshold.value),
    reason,
    refer: true,
  };
}
