import {
  BEAT_CLASSES,
  FINDING_KINDS,
  type Finding,
  type FindingCount,
  type FindingCounts,
} from '../../shared/domain';
import type { BeatRows } from './beat-rows';

/** Sums over a recording. Rejected findings are counted as such, and nowhere else. */
export function countsOf(
  beats: FindingCounts['beats'],
  findings: readonly Finding[],
): FindingCounts {
  const byKind = new Map<string, Finding[]>();
  for (const finding of findings) {
    const ofKind = byKind.get(finding.kind);
    if (ofKind) ofKind.push(finding);
    else byKind.set(finding.kind, [finding]);
  }
  const kinds = FINDING_KINDS.flatMap((kind) => {
    const ofKind = byKind.get(kind);
    return ofKind ? [countOf(kind, ofKind)] : [];
  });
  const af = findings.filter(({ kind, state }) => kind === 'af' && state !== 'rejected');
  return {
    kinds,
    beats,
    needReader: kinds.reduce((sum, { urgentOpen }) => sum + urgentOpen, 0),
    afS: af.reduce((sum, { durationS }) => sum + durationS, 0),
  };
}

export function beatsByClass({ beatClass }: BeatRows): FindingCounts['beats'] {
  const beats = { N: 0, S: 0, V: 0, F: 0, Q: 0, total: beatClass.length };
  for (const code of beatClass) beats[BEAT_CLASSES[code] ?? 'Q']++;
  return beats;
}

function countOf(kind: FindingCount['kind'], findings: readonly Finding[]): FindingCount {
  const held = findings.filter(({ state }) => state !== 'rejected');
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length;
  return {
    kind,
    total: held.length,
    open: count('open'),
    confirmed: count('confirmed'),
    unsure: count('unsure'),
    rejected: count('rejected'),
    urgentOpen: held.filter(({ state, urgent }) => state === 'open' && urgent).length,
    worst:
      held.length > 0 ? held.reduce((worst, one) => (isWorse(one, worst) ? one : worst)).id : null,
  };
}

/** The order within a kind in which a reader wants to see them: longest run, then fastest; slowest; longest; likeliest. */
export function isWorse(one: Finding, other: Finding): boolean {
  for (const mark of marksOf(one.kind)) {
    const difference = mark(one) - mark(other);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

type Mark = (finding: Finding) => number;

function marksOf(kind: Finding['kind']): readonly Mark[] {
  const length: Mark = ({ durationS }) => durationS;
  const beats: Mark = (finding) => finding.beats;
  const fast: Mark = ({ rateBpm }) => rateBpm ?? 0;
  const slow: Mark = ({ rateBpm }) => -(rateBpm ?? Infinity);
  const likely: Mark = ({ probability }) => probability ?? 0;
  /** A beat that comes early is the more marked. */
  const early: Mark = ({ couplingMs }) => -(couplingMs ?? Infinity);
  switch (kind) {
    case 'bradycardia':
      return [slow, length];
    case 'tachycardia':
      return [fast, length];
    case 'borderline':
    case 'flagged-unclear':
      return [likely, length];
    case 'asystole':
    case 'pause':
    case 'af':
    case 'irregular-rhythm':
    case 'paced':
    case 'wide-qrs':
    case 'noise':
    case 'lead-off':
      return [length];
    case 'ventricular-beat':
    case 'sv-beat':
    case 'fusion-beat':
      return [early];
    default:
      return [beats, fast];
  }
}
