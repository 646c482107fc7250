import type { QualityColumns, Segment, TimeSpan } from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import type { Found } from './found';
import { leadSpans, type ReadableTime } from './readable-time';
import { joined, without } from './time-spans';

/** Shorter stretches are not worth a line; stretches nearer than this are one. */
const LEAST_S = 5;

/**
 * Leads that are off, those that are off over the same stretch together, and noise in every lead that is connected.
 * What was not analysed yet is none of it. Analyses of earlier versions know of Unreadable segments alone.
 */
export function unreadSignal(
  { durationS, quality, segments, analysed }: AnalysedSignal,
  { readable, off }: ReadableTime,
): Found[] {
  if (!quality) return unreadSegments(segments);
  const unread = without(analysed ?? [{ startS: 0, endS: durationS }], readable);
  return [
    ...leadsOff(durationS, quality),
    ...long(without(unread, off)).map((span) => found('noise', span)),
  ];
}

function leadsOff(durationS: number, quality: QualityColumns): Found[] {
  const byPlace = new Map<string, { span: TimeSpan; leads: number[] }>();
  quality.leads.forEach(({ index, isEcg }, row) => {
    if (!isEcg) return;
    for (const span of long(leadSpans(quality, row, durationS, 'off'))) {
      const place = `${span.startS}-${span.endS}`;
      const known = byPlace.get(place);
      if (known) known.leads.push(index);
      else byPlace.set(place, { span, leads: [index] });
    }
  });
  return [...byPlace.values()].map(({ span, leads }) => ({ ...found('lead-off', span), leads }));
}

function unreadSegments(segments: readonly Segment[]): Found[] {
  const unreadable = segments.filter(({ verdict }) => verdict === 'Unreadable');
  const flat = unreadable.filter(({ reason }) => reason === 'flat');
  const noisy = unreadable.filter(({ reason }) => reason !== 'flat');
  return [
    ...joined(flat).map((span) => found('lead-off', span)),
    ...joined(noisy).map((span) => found('noise', span)),
  ];
}

function long(spans: readonly TimeSpan[]): TimeSpan[] {
  return joined(spans, LEAST_S).filter(({ startS, endS }) => endS - startS >= LEAST_S);
}

function found(kind: 'lead-off' | 'noise', { startS, endS }: TimeSpan): Found {
  return { kind, startS, endS, beats: 0, rateBpm: null };
}
