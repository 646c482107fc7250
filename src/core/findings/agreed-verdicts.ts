import { BEAT_CLASSES, lowerBound, type Segment, type TimeSpan } from '../../shared/domain';
import type { Beats } from './beat-rows';
import { isBelow, type Found } from './found';

const V = BEAT_CLASSES.indexOf('V');
/** A bradycardia below this is flagged, whatever a network says of its beats (severe, ACC/AHA/HRS 2018). */
const SEVERE_BRADYCARDIA_BPM = 40;

/** Segments that agree with what was found in them. */
export interface AgreedVerdicts {
  readonly segments: readonly Segment[];
  /** Indices of those that the network alone would have called Normal. */
  readonly byRule: ReadonlySet<number>;
}

/**
 * A verdict never contradicts a finding: a segment that holds a ventricular beat, a part of a pause, or lies for the
 * greater part in atrial fibrillation or a severe bradycardia is Abnormal, with the reason. The probability stays the
 * network's own.
 * @param found what was found in the beats as the program left them
 */
export function agreedVerdicts(
  segments: readonly Segment[],
  beats: Beats,
  found: readonly Found[],
): AgreedVerdicts {
  const ventricularS = beats.timeS.filter((_, i) => beats.beatClass[i] === V);
  const pauses = found.filter(({ kind }) => kind === 'pause' || kind === 'asystole');
  const af = found.filter(({ kind }) => kind === 'af');
  const slow = found.filter(
    ({ kind, rateBpm }) =>
      kind === 'bradycardia' && isBelow(rateBpm ?? Infinity, SEVERE_BRADYCARDIA_BPM),
  );
  const reasonOf = ({ startS, endS }: Segment): string | null => {
    const overlapping = (list: readonly Found[], leastS: number): Found | undefined =>
      list.find((one) => sharedS(one, { startS, endS }) > leastS);
    const pause = overlapping(pauses, 0);
    if (pause) return `no heartbeat for ${(pause.endS - pause.startS).toFixed(1)} s`;
    const first = lowerBound(ventricularS, startS);
    if (first < ventricularS.length && ventricularS[first]! < endS) return 'ventricular beat';
    const half = (endS - startS) / 2;
    if (overlapping(af, half)) return 'atrial fibrillation or flutter';
    const bradycardia = overlapping(slow, half);
    return bradycardia ? `${bradycardia.rateBpm!.toFixed(0)} bpm` : null;
  };
  const byRule = new Set<number>();
  const agreed = segments.map((segment): Segment => {
    if (segment.verdict !== 'Normal') return segment;
    const reason = reasonOf(segment);
    if (reason === null) return segment;
    byRule.add(segment.index);
    return { ...segment, verdict: 'Abnormal', reason };
  });
  return { segments: agreed, byRule };
}

function sharedS(one: TimeSpan, other: TimeSpan): number {
  return Math.min(one.endS, other.endS) - Math.max(one.startS, other.startS);
}
