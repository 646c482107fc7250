import {
  BEAT_CLASSES,
  isFlagged,
  lowerBound,
  SAME_BEAT_S,
  type Finding,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import { CLASS_OF } from '../findings/rejections';
import { decidedRhythms, type DecidedRhythm } from './decided-rhythms';
import type { RecordingReading } from './readings';
import type { Standing } from './standing';

/** A beat that a reader decided on: its class, or null where they say that there is none. */
export interface DecidedBeat {
  readonly timeS: number;
  /** Index into BEAT_CLASSES. */
  readonly beatClass: number | null;
  readonly reader: string;
}

/** A segment of which a reader says whether anything in it is abnormal. */
export interface DecidedSegment {
  readonly startS: number;
  readonly endS: number;
  readonly abnormal: boolean;
  readonly reader: string;
}

/** What of a recording its readers decided: that alone is true of it, the rest is what a program found. */
export interface DecidedTruth {
  /** In time order. */
  readonly beats: readonly DecidedBeat[];
  /** Stretches between two beats that nobody decided on, or the ends: what lies in them is known beat by beat. */
  readonly wholeS: readonly TimeSpan[];
  /** In time order, apart from each other. */
  readonly rhythms: readonly DecidedRhythm[];
  readonly segments: readonly DecidedSegment[];
  /** Whose decisions these are, in the order of their first in time. */
  readonly readers: readonly string[];
}

/** Shorter stretches say nothing about a segment of ten seconds. */
const SHORTEST_WHOLE_S = 10;
/** A segment may be agreed with for these, which are no matter of beats or rhythm. */
const OF_RATE: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'asystole',
  'pause',
  'bradycardia',
  'tachycardia',
]);

/**
 * What readers decided, out of a reading and the trail that it was made of. A beat is decided where a reader set or saw
 * it, or confirmed or rejected the finding that it makes; a rejection that does not say what the beats are instead
 * decides nothing of them. Of a segment a reader's own decision counts, not one that follows from findings.
 * @param reading finished, of the same reader as `standing`
 * @param sinceMs decisions before do not count, epoch milliseconds
 */
export function decidedTruth(
  reading: RecordingReading,
  standing: Pick<Standing, 'act' | 'beatActs'>,
  sinceMs = -Infinity,
): DecidedTruth {
  const isNew = (one: { readonly decidedAtMs: number | null }): boolean =>
    (one.decidedAtMs ?? -Infinity) >= sinceMs;
  const settled = reading.findings.findings.filter(
    (one) => (one.state === 'confirmed' || one.state === 'rejected') && isNew(one),
  );
  const { beats, undecidedS } = decidedBeats(reading, standing, settled, sinceMs);
  const rhythms = decidedRhythms(settled);
  const segments = decidedSegments(reading, sinceMs);
  const all = [...beats, ...rhythms, ...segments];
  return {
    beats,
    wholeS: beats.length === 0 ? [] : between(undecidedS, reading.durationS),
    rhythms,
    segments,
    readers: [...new Set(all.map(({ reader }) => reader))],
  };
}

function decidedBeats(
  { byHand: { edited, left } }: RecordingReading,
  standing: Pick<Standing, 'act' | 'beatActs'>,
  settled: readonly Finding[],
  sinceMs: number,
): { beats: DecidedBeat[]; undecidedS: number[] } {
  const { timeS } = edited.beats;
  /** By index: whose word it is, and for what is rejected whether nothing was there. */
  const known = new Map<number, { reader: string; isNothing: boolean }>();
  for (const { kind, startS, endS, state, reader, rejectedAs } of inOrder(settled)) {
    const wanted = CLASS_OF[kind];
    if (wanted === undefined || wanted === 'all') continue;
    const isPattern = kind === 'bigeminy' || kind === 'trigeminy';
    const end = lowerBound(timeS, endS + SAME_BEAT_S);
    for (let i = lowerBound(timeS, startS - SAME_BEAT_S); i < end; i++) {
      const isOut = left.out[i] === 1;
      const isOwn = isPattern || BEAT_CLASSES[left.beatClass[i]!] === wanted;
      const word = { reader: reader ?? '', isNothing: isOut };
      if (state === 'confirmed' && !isOut && isOwn) known.set(i, word);
      const isRenamed = left.beatClass[i] !== edited.beats.beatClass[i];
      if (state === 'rejected' && (isRenamed || (isOut && rejectedAs === 'artefact')))
        known.set(i, word);
    }
  }
  edited.handAt.forEach((sequence, i) => {
    const act = sequence > 0 ? standing.act(sequence) : null;
    if (act && act.atMs >= sinceMs && left.out[i] === 0)
      known.set(i, { reader: act.reader, isNothing: false });
  });
  const beats = [...known].map(([i, { reader, isNothing }]): DecidedBeat => {
    return { timeS: timeS[i]!, beatClass: isNothing ? null : left.beatClass[i]!, reader };
  });
  beats.push(...deletedBeats(timeS, standing, sinceMs));
  return {
    beats: beats.sort((a, b) => a.timeS - b.timeS),
    undecidedS: [...timeS].filter((_, i) => !known.has(i)),
  };
}

/** The last word stands last. */
function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => (a.decidedAtMs ?? 0) - (b.decidedAtMs ?? 0));
}

/** Places where readers took a beat out and none was put since. */
function deletedBeats(
  timeS: Float64Array,
  standing: Pick<Standing, 'beatActs'>,
  sinceMs: number,
): DecidedBeat[] {
  const isThere = (atS: number): boolean =>
    (timeS[lowerBound(timeS, atS - SAME_BEAT_S)] ?? Infinity) <= atS + SAME_BEAT_S;
  const gone = new Map<number, string>();
  for (const { edit, reader, atMs } of standing.beatActs()) {
    if (atMs < sinceMs) continue;
    const times =
      edit.kind === 'delete-beat' ? [edit.timeS] : edit.kind === 'delete-beats' ? edit.timesS : [];
    for (const atS of times) if (!isThere(atS)) gone.set(atS, reader);
  }
  return [...gone].map(([atS, reader]) => ({ timeS: atS, beatClass: null, reader }));
}

/** Stretches without any of these instants, long enough to say something. */
function between(instantsS: readonly number[], durationS: number): TimeSpan[] {
  const edges = [0, ...instantsS, durationS];
  return edges
    .slice(1)
    .map((endS, i) => ({ startS: edges[i]!, endS }))
    .filter(({ startS, endS }) => endS - startS >= SHORTEST_WHOLE_S);
}

function decidedSegments(
  { segments, decisions, findings }: RecordingReading,
  sinceMs: number,
): DecidedSegment[] {
  const byIndex = new Map(segments.map((segment) => [segment.index, segment]));
  const ofRate = findings.findings.filter(({ kind }) => OF_RATE.has(kind));
  const isOfRate = ({ startS, endS }: Segment): boolean =>
    ofRate.some((one) => one.startS < endS && one.endS > startS);
  return decisions.flatMap(({ segment: index, decision, reader, atMs, settled }) => {
    const segment = byIndex.get(index);
    if (!segment || segment.verdict === 'Unreadable' || atMs < sinceMs) return [];
    if (settled || (decision !== 'agree' && decision !== 'overrule')) return [];
    const abnormal = isFlagged(segment) === (decision === 'agree');
    if (abnormal && isOfRate(segment)) return [];
    const { startS, endS } = segment;
    return [{ startS, endS, abnormal, reader }];
  });
}
