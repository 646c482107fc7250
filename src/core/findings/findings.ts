import { isDeepStrictEqual } from 'node:util';
import {
  BEAT_CLASSES,
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
import type { PlacedRows } from './beat-rows';
import type { ActOf } from './by-hand';
import { countsOf } from './counts';
import { decided, rejectedFinding } from './decided';
import { foundAfter } from './found-after';
import { foundFrom, rowsLeft, withHands, type FoundBasis, type Reading } from './found-basis';
import { foundInBeats } from './found-in-beats';
import { hourRows } from './hours';
import { hrv } from './hrv';
import { ofProgram } from './of-program';
import { afterRejections, type AfterRejections, type PlacedDecision } from './rejections';

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
export interface FindingsBasis extends FoundBasis, Omit<Findings, 'findings' | 'counts'> {
  readonly beats: PlacedRows;
  /** Decisions by which what was found is in no figure, though its beats are. */
  readonly setAside: readonly PlacedDecision[];
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
  reading: Reading,
): FindingsBasis {
  const { asProgram, ...program } = ofProgram(signal, thresholds);
  const { beats, decisions } = reading;
  const left = afterRejections(beats, decisions, thresholds.rateBeats);
  const isUntouched =
    beats.timeS === signal.beats.timeS &&
    beats.beatClass === signal.beats.beatClass &&
    left.rejected.length === 0;
  const rows = isUntouched
    ? withHands(asProgram.rows, beats.handAt)
    : rowsLeft(left, signal, program);
  const inBeats = isUntouched
    ? asProgram.found
    : foundInBeats(rows, signal, program.time, thresholds);
  const basis = foundFrom({ signal, thresholds, reading, left, program, rows, inBeats });
  return {
    ...basis,
    ...figuresOf(basis, signal, decisions),
    trend: heartRateTrend(rows, signal.durationS),
    leads: program.leads,
    unreadable: program.unreadable,
  };
}

/**
 * The same where the reader did more to the beats since; see `foundAfter`.
 * @param before of the same signal and thresholds
 */
export function findingsAfter(
  before: FindingsBasis,
  signal: AnalysedSignal,
  reading: Reading,
): FindingsBasis {
  const basis = foundAfter(before, signal, reading);
  const hasBeats = basis.beats.timeS === before.beats.timeS;
  const isSame =
    hasBeats &&
    basis.beats.beatClass === before.beats.beatClass &&
    isDeepStrictEqual(setAsideBy(reading.decisions, basis), before.setAside);
  return {
    ...before,
    ...basis,
    ...(isSame ? {} : figuresOf(basis, signal, reading.decisions)),
    ...(hasBeats ? {} : { trend: heartRateTrend(basis.beats, signal.durationS) }),
  };
}

/** Figures over the beats and over what was not rejected. */
function figuresOf(
  basis: FoundBasis,
  { durationS, startClock }: AnalysedSignal,
  decisions: readonly PlacedDecision[],
): Pick<FindingsBasis, 'heartRate' | 'hrv' | 'hours' | 'setAside'> {
  const { beats: rows, found, rejected, thresholds, program } = basis;
  const setAside = setAsideBy(decisions, basis);
  const held = decided(found, setAside, thresholds, idsOf(rejected)).filter(
    ({ state }) => state !== 'rejected',
  );
  const time = { readable: program.time.readable, unreadable: program.unreadable };
  return {
    heartRate: rateOf(rows),
    hrv: hrv(
      rows,
      held.filter(({ kind }) => kind === 'af'),
    ),
    hours: hourRows(rows, durationS, startClock, time, held),
    setAside,
  };
}

function setAsideBy(
  decisions: readonly PlacedDecision[],
  { rejected }: Pick<FoundBasis, 'rejected'>,
): PlacedDecision[] {
  const gone = idsOf(rejected);
  return decisions.filter(({ id, state }) => state === 'rejected' && !gone.has(id));
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
  return {
    ...decidedFrom(basis, decisions, actOf),
    beats: basis.beats,
    heartRate: basis.heartRate,
    trend: basis.trend,
    hrv: basis.hrv,
    hours: basis.hours,
    leads: basis.leads,
    analysableS: basis.analysableS,
    unreadable: basis.unreadable,
    segments: basis.segments,
    thresholds: basis.thresholds,
  };
}

/** What was found as a reader decided it, without the figures over all of it. */
export function decidedFrom(
  basis: FoundBasis,
  decisions: readonly PlacedDecision[],
  actOf: ActOf,
): Pick<Findings, 'findings' | 'counts'> {
  const { found, rejected, beatCounts, thresholds } = basis;
  const gone = idsOf(rejected);
  const open = decisions.filter(({ id }) => !gone.has(id));
  const findings = [
    ...decided(found, open, thresholds, gone, actOf),
    ...rejected.map((one) => rejectedFinding(one.found, one.decision, thresholds)),
  ].sort(byUrgency);
  return { findings, counts: countsOf(beatCounts, findings, basis) };
}

function rateOf(rows: BeatRows): HeartRate | null {
  const rate = heartRate(rows);
  if (!rate) return null;
  // Of a strip without 8 intervals the highest of all is that of normal beats, where there are no others.
  const isNormal = rows.beatClass.every((code) => code === NORMAL);
  return { ...rate, highestNormal: isNormal ? rate.highest : highestNormalRate(rows) };
}

function idsOf(rejected: AfterRejections['rejected']): ReadonlySet<string> {
  return new Set(rejected.map(({ decision }) => decision.id));
}

const NORMAL = BEAT_CLASSES.indexOf('N');
const RANK = new Map(FINDING_KINDS.map((kind, rank) => [kind, rank]));

function byUrgency(one: Finding, other: Finding): number {
  return RANK.get(one.kind)! - RANK.get(other.kind)! || one.startS - other.startS;
}
