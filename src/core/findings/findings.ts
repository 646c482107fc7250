import {
  FINDING_KINDS,
  type BeatColumns,
  type Finding,
  type FindingCounts,
  type FindingThresholds,
  type HeartRate,
  type HeartRateTrend,
  type HourRow,
  type Hrv,
  type LeadQuality,
  type QualityColumns,
  type RhythmEpisode,
  type Segment,
} from '../../shared/domain';
import { agreedVerdicts, type AgreedVerdicts } from './agreed-verdicts';
import { beatRows, type BeatRows, type Beats } from './beat-rows';
import { countsOf } from './counts';
import { decided, rejectedFinding } from './decided';
import { ectopy } from './ectopy';
import type { Found } from './found';
import { heartRate, heartRateTrend } from './heart-rate';
import { hourRows } from './hours';
import { hrv } from './hrv';
import { pauses } from './pauses';
import { leadQuality, readableTime, type ReadableTime } from './readable-time';
import { afterRejections, type PlacedDecision } from './rejections';
import { rhythms } from './rhythms';
import { slowAndFast } from './slow-and-fast';
import { secondsIn, without } from './time-spans';
import { unexplained } from './unexplained';
import { unreadSignal } from './unread-signal';

/** What an analysis knows of a recording. */
export interface AnalysedSignal {
  readonly durationS: number;
  /** `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss`, or null. */
  readonly startClock: string | null;
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
  readonly episodes: readonly RhythmEpisode[];
  readonly segments: readonly Segment[];
  /** Null in analyses that earlier versions stored. */
  readonly quality: QualityColumns | null;
  /** Whether the model names beats at all; one that does not says nothing of pauses. */
  readonly findsBeats: boolean;
  /** Up to where it was analysed so far, seconds; absent where that is all. */
  readonly analysedS?: number;
}

/** What a reader made of it; nothing, before they began. */
export interface Reading {
  /** As the reader left them. */
  readonly beats: Beats;
  /** Place in the trail at which each of these was last set by hand, 0 where never, [beats]. */
  readonly handAt?: Uint32Array;
  readonly decisions: readonly PlacedDecision[];
}

/** Everything that lists, tiles, tables and texts say of a recording. */
export interface Findings {
  /** Most urgent kind first, in time order within a kind; rejected ones among them. */
  readonly findings: readonly Finding[];
  readonly counts: FindingCounts;
  readonly heartRate: HeartRate | null;
  readonly trend: HeartRateTrend;
  readonly hrv: Hrv | null;
  readonly hours: readonly HourRow[];
  readonly leads: readonly LeadQuality[];
  readonly analysableS: number;
  /** Segments with verdicts that agree with what the program found in them. */
  readonly segments: readonly Segment[];
  readonly thresholds: FindingThresholds;
}

/** Computes what was found in a recording, after the reader's decisions and corrections. */
export function findingsOf(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
  reading: Reading = { beats: signal.beats, decisions: [] },
): Findings {
  const { durationS, startClock, quality } = signal;
  const time = timeOf(signal);
  const agreed = programVerdicts(signal, thresholds);
  const left = afterRejections(reading.beats, reading.decisions, reading.handAt);
  const rows = beatRows(left, time, left);
  const found = foundIn(rows, signal, time, thresholds);
  const rejected = left.rejected.map((one) => one.found);
  const byNetwork = agreed.segments.filter(({ index }) => !agreed.byRule.has(index));
  found.push(...unexplained(byNetwork, [...found, ...rejected]));
  const gone = new Set(left.rejected.map(({ decision }) => decision.id));
  const open = reading.decisions.filter(({ id }) => !gone.has(id));
  const findings = [
    ...decided(found, open, thresholds, gone),
    ...left.rejected.map((one) => rejectedFinding(one.found, one.decision, thresholds)),
  ].sort(byUrgency);
  const held = findings.filter(({ state }) => state !== 'rejected');
  const af = held.filter(({ kind }) => kind === 'af');
  return {
    findings,
    counts: countsOf(rows, findings),
    heartRate: heartRate(rows),
    trend: heartRateTrend(rows, durationS),
    hrv: hrv(rows, af),
    hours: hourRows(rows, durationS, startClock, time.readable, held),
    leads: leadQuality(quality, durationS),
    analysableS: secondsIn(time.readable),
    segments: agreed.segments,
    thresholds,
  };
}

/** What could be read of what was analysed so far. */
function timeOf({
  durationS,
  quality,
  segments,
  analysedS = durationS,
}: AnalysedSignal): ReadableTime {
  const time = readableTime(durationS, quality, segments);
  const rest = [{ startS: analysedS, endS: durationS }];
  return { readable: without(time.readable, rest), off: without(time.off, rest) };
}

/** The segments as the program says them, whatever a reader made of it. */
export function programVerdicts(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
): AgreedVerdicts {
  const time = timeOf(signal);
  const rows = beatRows(signal.beats, time);
  return agreedVerdicts(signal.segments, rows, foundIn(rows, signal, time, thresholds));
}

function foundIn(
  rows: BeatRows,
  { durationS, episodes, segments, quality, findsBeats }: AnalysedSignal,
  time: ReadableTime,
  thresholds: FindingThresholds,
): Found[] {
  return [
    ...(findsBeats ? pauses(rows, time.readable, thresholds) : []),
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
