import {
  FIBRILLATION_REASON,
  isBorderline,
  isFlagged,
  isPressingReason,
  lowerBound,
  WIDE_REASON,
  type FindingKind,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import type { Found } from './found';
import { joined, touches } from './time-spans';

/** Kinds that are why a network flags a segment. A slow or fast rate, pacing or noise over hours would hide the rest. */
export const EXPLAINING: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'asystole',
  'pause',
  'ventricular-tachycardia',
  'ventricular-run',
  'af',
  'irregular-rhythm',
  'ventricular-couplet',
  'bigeminy',
  'trigeminy',
  'ventricular-beat',
  'sv-run',
  'sv-couplet',
  'sv-beat',
  'fusion-beat',
]);

/**
 * Segments that the network flagged, or found near its threshold, and that no finding explains: so that walking the
 * list of findings misses nothing. Neighbours become one stretch.
 * @param segments as the network judged them, without those that the reader's corrections have settled
 * @param missed long gaps in which beats were missed (`AnalysedSignal.restless`): no other finding explains those, and
 *   what ventricular fibrillation leaves of the beats must not hide it; nor may it where a rule saw its waves, or a rate
 *   that no sinus node has at rest
 */
export function unexplained(
  segments: readonly Segment[],
  found: readonly Found[],
  missed: readonly TimeSpan[] = [],
): Found[] {
  const known = explanations(found);
  const gaps = joined(missed);
  const isPressing = ({ startS, endS, reason }: TimeSpan & { reason?: string | null }): boolean =>
    isPressingReason(reason) || touches(gaps, startS, endS);
  const isOpen = ({ startS, endS }: TimeSpan): boolean => !known(startS, endS);
  const flagged = segments.filter((one) => isFlagged(one) && (isPressing(one) || isOpen(one)));
  return [
    ...stretches('flagged-unclear', flagged).map((one) => ({
      ...one,
      isPressing: isPressing(one),
    })),
    ...stretches(
      'borderline',
      segments.filter((one) => isBorderline(one) && isOpen(one)),
    ),
  ];
}

/** Tells whether a finding lies in a stretch, in part at least, that a segment is flagged for. */
export function explanations(found: readonly Found[]): (startS: number, endS: number) => boolean {
  const long: TimeSpan[] = [];
  const moments: TimeSpan[] = [];
  for (const { kind, startS, endS } of found) {
    if (!EXPLAINING.has(kind)) continue;
    (endS > startS ? long : moments).push({ startS, endS });
  }
  const [spans, times] = [joined(long), Float64Array.from(moments, ({ startS }) => startS).sort()];
  return (startS, endS) => {
    if (touches(spans, startS, endS)) return true;
    const at = lowerBound(times, startS);
    return at < times.length && times[at]! < endS;
  };
}

/** Fibrillation that follows wide complexes begins where it does, not where they did. */
function areApart(one: string | null | undefined, other: string | null): boolean {
  const of = [one, other];
  return of.includes(FIBRILLATION_REASON) && of.includes(WIDE_REASON);
}

function stretches(kind: 'flagged-unclear' | 'borderline', segments: readonly Segment[]): Found[] {
  const found: { startS: number; endS: number; probability: number; reason?: string }[] = [];
  for (const { startS, endS, probability, reason } of segments) {
    const last = found.at(-1);
    if (last && startS <= last.endS && !areApart(last.reason, reason)) {
      last.endS = Math.max(last.endS, endS);
      last.probability = Math.max(last.probability, probability ?? 0);
      if (reason === FIBRILLATION_REASON) last.reason = reason;
      else if (reason !== null && !isPressingReason(last.reason))
        last.reason = isPressingReason(reason) ? reason : (last.reason ?? reason);
    } else {
      found.push({
        startS,
        endS,
        probability: probability ?? 0,
        ...(reason !== null && { reason }),
      });
    }
  }
  return found.map((stretch) => ({ kind, ...stretch, beats: 0, rateBpm: null }));
}
