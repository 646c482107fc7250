import {
  BEAT_CLASSES,
  lowerBound,
  type FindingKind,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import { reasonBy } from '../../shared/domain/reason-words';
import type { Beats } from './beat-rows';
import type { Found } from './found';

const V = BEAT_CLASSES.indexOf('V');
/** A bradycardia below this is flagged, whatever a network says of its beats (severe, ACC/AHA/HRS 2018). */
export const SEVERE_BRADYCARDIA_BPM = 40;

/** Segments that agree with what was found in them. */
export interface AgreedVerdicts {
  readonly segments: readonly Segment[];
  /** Indices of those that the network alone would have called Normal. */
  readonly byRule: ReadonlySet<number>;
}

/**
 * The one owner of the promise that a verdict never contradicts a finding, whatever a network says: a segment that holds a
 * ventricular beat, a part of a pause or of asystole, or lies for half or more in atrial fibrillation or for the greater
 * part in a severe bradycardia is Abnormal, with the reason; one that touches fibrillation or an irregular rhythm at all
 * is borderline at least. The probability stays the network's own. What a signal shows without any finding,
 * `neverNormal` sees to.
 * @param found what was found in the beats as the program left them
 * @param severe the stretches of it that are slower than `SEVERE_BRADYCARDIA_BPM`, within whatever bradycardia
 */
export function agreedVerdicts(
  segments: readonly Segment[],
  beats: Beats,
  found: readonly Found[],
  severe: readonly Found[],
): AgreedVerdicts {
  const ventricularS = beats.timeS.filter((_, i) => beats.beatClass[i] === V);
  const ofKinds = (...kinds: readonly FindingKind[]): Found[] =>
    found.filter(({ kind }) => kinds.includes(kind));
  const pauses = ofKinds('pause', 'asystole');
  const af = ofKinds('af');
  const irregular = ofKinds('af', 'irregular-rhythm');
  const reasonOf = (segment: Segment): string | null => {
    const { startS, endS } = segment;
    const half = (endS - startS) / 2;
    const pause = pauses.find((one) => sharedS(one, segment) > 0);
    if (pause) return `no heartbeat for ${(pause.endS - pause.startS).toFixed(1)} s`;
    const first = lowerBound(ventricularS, startS);
    if (first < ventricularS.length && ventricularS[first]! < endS)
      return reasonBy('ventricularBeat', {});
    if (af.some((one) => sharedS(one, segment) >= half)) return reasonBy('afOrFlutter', {});
    const bradycardia = severe.find((one) => sharedS(one, segment) > half);
    return bradycardia ? `${bradycardia.rateBpm!.toFixed(0)} bpm` : null;
  };
  const byRule = new Set<number>();
  const agreed = segments.map((segment): Segment => {
    if (segment.verdict !== 'Normal') return segment;
    const reason = reasonOf(segment);
    if (reason !== null) {
      byRule.add(segment.index);
      return { ...segment, verdict: 'Abnormal', reason };
    }
    const isTouched = irregular.some((one) => sharedS(one, segment) > 0);
    return isTouched && !segment.refer ? { ...segment, refer: true } : segment;
  });
  return { segments: agreed, byRule };
}

function sharedS(one: TimeSpan, other: TimeSpan): number {
  return Math.min(one.endS, other.endS) - Math.max(one.startS, other.startS);
}
