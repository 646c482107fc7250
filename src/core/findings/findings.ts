import {
  FINDING_KINDS,
  heartRate,
  heartRateTrend,
  highestNormalRate,
  type BeatRows,
  type Finding,
  type FindingCounts,
  type FindingThresholds,
  type HeartRate,
  type HeartRateTrend,
  type HourRow,
  type Hrv,
  type LeadQuality,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { agreedVerdicts, type AgreedVerdicts } from './agreed-verdicts';
import { beatRows, spansGap, type Beats, type PlacedRows } from './beat-rows';
import { closedByHand, withSeen, type ActOf } from './by-hand';
import { beatsByClass, countsOf } from './counts';
import { decided, rejectedFinding } from './decided';
import { ectopy } from './ectopy';
import type { Found } from './found';
import { hourRows } from './hours';
import { hrv } from './hrv';
import { pauses } from './pauses';
import { leadQuality, readableTime, type ReadableTime } from './readable-time';
import { afterRejections, type AfterRejections, type PlacedDecision } from './rejections';
import { rhythms } from './rhythms';
import { slowAndFast } from './slow-and-fast';
import { secondsIn, without } from './time-spans';
import { unexplained } from './unexplained';
import { unreadSignal } from './unread-signal';
import { wideQrs } from './wide-qrs';

const PAUSES: ReadonlySet<Found['kind']> = new Set<Found['kind']>(['pause', 'asystole']);

/** What a reader made of it; nothing, before they began. */
export interface Reading {
  /** As the reader left them, with which of them were set by hand. */
  readonly beats: Beats;
  readonly decisions: readonly PlacedDecision[];
}

/** Everything that lists, tiles, tables and texts say of a recording. */
export interface Findings {
  /** Most urgent kind first, in time order within a kind; rejected ones among them. */
  readonly findings: readonly Finding[];
  readonly counts: FindingCounts;
  /** What all of it is made of. */
  readonly beats: PlacedRows;
  readonly heartRate: HeartRate | null;
  readonly trend: HeartRateTrend;
  readonly hrv: Hrv | null;
  readonly hours: readonly HourRow[];
  readonly leads: readonly LeadQuality[];
  readonly analysableS: number;
  /** Analysed time in which no ECG lead can be read, in time order: with `analysableS` it is all that was analysed. */
  readonly unreadable: readonly TimeSpan[];
  /** Segments with verdicts that agree with what the program found in them. */
  readonly segments: readonly Segment[];
  readonly thresholds: FindingThresholds;
}

/** What takes long to find, and does not change with what a reader confirms. */
export interface FindingsBasis extends Omit<Findings, 'findings' | 'counts'> {
  readonly found: readonly Found[];
  readonly rejected: AfterRejections['rejected'];
  readonly beatCounts: FindingCounts['beats'];
  readonly findsBeats: boolean;
  /** What rejections made of every beat that the reader left. */
  readonly left: Pick<AfterRejections, 'beatClass' | 'out'>;
  /** Flagged segments all of whose ectopic beats were set to something else, with the place of that in the trail. */
  readonly closed: ReadonlyMap<number, number>;
}

/** Computes what was found in a recording, after the reader's decisions and corrections. */
export function findingsOf(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
  reading: Reading = { beats: signal.beats, decisions: [] },
): Findings {
  return findingsFrom(findingsBasis(signal, thresholds, reading), reading.decisions);
}

/** The part of `findingsOf` that has to be done anew when beats change or something is rejected. */
export function findingsBasis(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
  { beats, decisions }: Reading,
): FindingsBasis {
  const { durationS, startClock, quality } = signal;
  const { analysed = [{ startS: 0, endS: durationS }] } = signal;
  const time = timeOf(signal);
  const unreadable = without(analysed, time.readable);
  const agreed = programVerdicts(signal, thresholds);
  const left = afterRejections(beats, decisions);
  const gaps = [...left.gaps, ...(signal.restless ?? [])];
  const rows = beatRows(left, time, { out: left.out, gaps });
  const found = foundIn(rows, signal, time, thresholds)
    // Before the first beat and after the last there is no interval that could be left out.
    .filter((one) => !PAUSES.has(one.kind) || !left.gaps.some((gap) => spansGap(gap, one)))
    .map((one) => withSeen(one, rows));
  const explained = [...found, ...left.rejected.map((one) => one.found)];
  const byNetwork = agreed.segments.filter(({ index }) => !agreed.byRule.has(index));
  const closed = closedByHand(agreed.segments, signal.beats, beats);
  found.push(
    ...unexplained(
      byNetwork.filter(({ index }) => !closed.has(index)),
      explained,
      signal.restless?.filter(({ startS, endS }) => endS - startS >= thresholds.urgentPauseS),
    ),
  );
  found.push(...wideQrs(durationS, signal.qrsWidths ?? [], thresholds));
  const gone = idsOf(left.rejected);
  const rejections = decisions.filter(({ id, state }) => state === 'rejected' && !gone.has(id));
  const held = decided(found, rejections, thresholds, gone).filter(
    ({ state }) => state !== 'rejected',
  );
  return {
    found,
    rejected: left.rejected,
    left: { beatClass: left.beatClass, out: left.out },
    closed,
    beatCounts: beatsByClass(rows),
    findsBeats: signal.findsBeats,
    beats: rows,
    heartRate: rateOf(rows),
    trend: heartRateTrend(rows, durationS),
    hrv: hrv(
      rows,
      held.filter(({ kind }) => kind === 'af'),
    ),
    hours: hourRows(rows, durationS, startClock, { readable: time.readable, unreadable }, held),
    leads: leadQuality(signal.leads, quality, durationS),
    analysableS: secondsIn(time.readable),
    unreadable,
    segments: agreed.segments,
    thresholds,
  };
}

/**
 * The part of `findingsOf` that follows every decision.
 * @param actOf who set beats by hand at a place in the trail
 */
export function findingsFrom(
  basis: FindingsBasis,
  decisions: readonly PlacedDecision[],
  actOf: ActOf = () => null,
): Findings {
  const { found, rejected, beatCounts, thresholds } = basis;
  const gone = idsOf(rejected);
  const open = decisions.filter(({ id }) => !gone.has(id));
  const findings = [
    ...decided(found, open, thresholds, gone, actOf),
    ...rejected.map((one) => rejectedFinding(one.found, one.decision, thresholds)),
  ].sort(byUrgency);
  return {
    findings,
    counts: countsOf(beatCounts, findings, basis),
    beats: basis.beats,
    heartRate: basis.heartRate,
    trend: basis.trend,
    hrv: basis.hrv,
    hours: basis.hours,
    leads: basis.leads,
    analysableS: basis.analysableS,
    unreadable: basis.unreadable,
    segments: basis.segments,
    thresholds,
  };
}

function rateOf(rows: BeatRows): HeartRate | null {
  const rate = heartRate(rows);
  return rate && { ...rate, highestNormal: highestNormalRate(rows) };
}

function idsOf(rejected: AfterRejections['rejected']): ReadonlySet<string> {
  return new Set(rejected.map(({ decision }) => decision.id));
}

/** What could be read of what was analysed so far. */
function timeOf({ durationS, quality, segments, analysed }: AnalysedSignal): ReadableTime {
  const time = readableTime(durationS, quality, segments);
  if (!analysed) return time;
  const rest = without([{ startS: 0, endS: durationS }], analysed);
  return { readable: without(time.readable, rest), off: without(time.off, rest) };
}

/** The segments as the program says them, whatever a reader made of it. */
export function programVerdicts(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
): AgreedVerdicts {
  const time = timeOf(signal);
  const { beats, restless: gaps = [] } = signal;
  const rows = beatRows(beats, time, { out: new Uint8Array(beats.timeS.length), gaps });
  return agreedVerdicts(signal.segments, rows, foundIn(rows, signal, time, thresholds));
}

function foundIn(
  rows: BeatRows,
  { durationS, episodes, segments, quality, restless, findsBeats }: AnalysedSignal,
  time: ReadableTime,
  thresholds: FindingThresholds,
): Found[] {
  return [
    ...(findsBeats ? pauses(rows, time.readable, thresholds, restless) : []),
    ...ectopy(rows, thresholds),
    ...rhythms(rows, episodes, thresholds),
    ...slowAndFast(rows, thresholds),
    ...unreadSignal(durationS, quality, segments, time),
  ];
}

const RANK = new Map(FINDING_KINDS.map((kind, rank) => [kind, rank]));

function byUrgency(one: Finding, other: Finding): number {
  return RANK.get(one.kind)! - RANK.get(other.kind)! || one.startS - other.startS;
}
