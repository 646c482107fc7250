import {
  FIBRILLATION_REASON,
  wayToSettle,
  type Finding,
  type FindingKind,
  type FindingThresholds,
  type RuleMet,
  type UrgentRule,
  type WorklistFigures,
} from '../../shared/domain';
import type { Findings } from './findings';

const HOUR_S = 3600;
/** Beats an hour are not said of less than this: one beat in ten seconds is no 360 an hour. */
const LEAST_FOR_RATE_S = 300;

/**
 * One line of the worklist. Rejected findings are in none of its figures.
 * @param durationS length of the recording, seconds
 */
export function worklistFigures(
  { findings, counts, heartRate, analysableS, thresholds }: Findings,
  durationS: number,
): WorklistFigures {
  const held = findings.filter(({ state }) => state !== 'rejected');
  const walked = findings.filter(({ kind }) => wayToSettle(kind) === 'one-by-one');
  const decided = findings.filter(({ decidedAtMs }) => decidedAtMs !== null);
  const ofKind = (...kinds: FindingKind[]): Finding[] =>
    held.filter(({ kind }) => kinds.includes(kind));
  const tachycardia = mostBeats(ofKind('ventricular-tachycardia'));
  const runs = ofKind('ventricular-tachycardia', 'ventricular-run');
  const { beats } = counts;
  const perHour = (count: number): number | null =>
    counts.judged.beats && analysableS >= LEAST_FOR_RATE_S ? (count * HOUR_S) / analysableS : null;
  const share = beats.total > 0 ? beats.V / beats.total : null;
  const open = walked.filter(({ state }) => state === 'open').length;
  const reader = lastReader(decided);
  return {
    rules: rulesMet(held, counts.afS, share, thresholds, open > 0 || reader === null),
    worst: worstOf(findings, counts.kinds),
    longestTachycardia: tachycardia && {
      beats: tachycardia.beats,
      rateBpm: tachycardia.rateBpm,
    },
    fastestRunBpm: highest(runs.flatMap(({ rateBpm }) => rateBpm ?? [])),
    judged: counts.judged,
    longestPauseS: highest(lengths(ofKind('pause', 'asystole'))) ?? 0,
    afS: counts.judged.af ? counts.afS : null,
    ventricularPerHour: perHour(beats.V),
    ventricularShare: share,
    supraventricularPerHour: perHour(beats.S),
    lowestBpm: heartRate?.lowest.bpm ?? null,
    highestBpm: heartRate?.highest.bpm ?? null,
    analysableS,
    unreadableShare: durationS > 0 ? Math.min(1, Math.max(0, 1 - analysableS / durationS)) : 0,
    borderline: ofKind('borderline').length,
    events: walked.length,
    decided: walked.length - open,
    reader,
  };
}

/** @param burdenOpen the share of ventricular beats has no event of its own: it is open while the recording is */
function rulesMet(
  held: readonly Finding[],
  afS: number,
  share: number | null,
  thresholds: FindingThresholds,
  burdenOpen: boolean,
): RuleMet[] {
  const urgent = held.filter((finding) => finding.urgent);
  const met = (
    rule: UrgentRule,
    kind: FindingKind,
    value: (of: readonly Finding[]) => number,
    isOf: (one: Finding) => boolean = () => true,
  ): RuleMet[] => {
    const of = urgent.filter((finding) => finding.kind === kind && isOf(finding));
    if (of.length === 0) return [];
    return [{ rule, value: value(of), open: of.some(({ state }) => state === 'open') }];
  };
  const longest = (of: readonly Finding[]): number => highest(lengths(of)) ?? 0;
  const mayFibrillate = ({ reason }: Finding): boolean => reason === FIBRILLATION_REASON;
  const rules = [
    ...met('asystole', 'asystole', longest),
    ...met('vf', 'flagged-unclear', longest, mayFibrillate),
    ...met('pause', 'pause', longest),
    ...met('tachycardia', 'ventricular-tachycardia', (of) => mostBeats(of)?.beats ?? 0),
    ...met('pressing', 'flagged-unclear', longest, (one) => !mayFibrillate(one)),
    ...met('af', 'af', () => afS),
  ];
  if (share !== null && share > thresholds.ventricularBurden)
    rules.push({ rule: 'burden', value: share, open: burdenOpen });
  return rules;
}

function worstOf(
  findings: readonly Finding[],
  kinds: Findings['counts']['kinds'],
): WorklistFigures['worst'] {
  const first = kinds.find(({ kind, worst }) => worst !== null && wayToSettle(kind) !== 'signal');
  const worst = findings.find(({ id }) => id === first?.worst);
  return worst ? { kind: worst.kind, startS: worst.startS, endS: worst.endS } : null;
}

function mostBeats(runs: readonly Finding[]): Finding | null {
  const faster = (one: Finding, other: Finding): number =>
    other.beats - one.beats || (other.rateBpm ?? 0) - (one.rateBpm ?? 0);
  return [...runs].sort(faster)[0] ?? null;
}

function lastReader(decided: readonly Finding[]): string | null {
  const last = [...decided].sort((one, other) => other.decidedAtMs! - one.decidedAtMs!)[0];
  return last ? (last.reader ?? '') : null;
}

const lengths = (of: readonly Finding[]): number[] => of.map(({ durationS }) => durationS);

function highest(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((one, other) => Math.max(one, other)) : null;
}
