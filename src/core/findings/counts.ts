import {
  BEAT_CLASSES,
  FINDING_KINDS,
  worstOf,
  type BeatRows,
  type Finding,
  type FindingCount,
  type FindingCounts,
  type FindingKind,
  type FindingThresholds,
  type Judged,
  type Segment,
} from '../../shared/domain';

const PAUSES: ReadonlySet<string> = new Set(['pause', 'asystole'] satisfies FindingKind[]);

/** What decides what was looked for. */
export interface JudgedBy {
  readonly findsBeats: boolean;
  readonly analysableS: number;
  readonly thresholds: Pick<FindingThresholds, 'afS'>;
  readonly segments: readonly Pick<Segment, 'verdict'>[];
}

/** Sums over a recording. Rejected findings are counted as such, and nowhere else. */
export function countsOf(
  beats: FindingCounts['beats'],
  findings: readonly Finding[],
  by: JudgedBy,
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
    judged: judgedOf(
      {
        hasAf: af.length > 0,
        hasBeats: beats.total > 0,
        hasPause: kinds.some(({ kind, total }) => PAUSES.has(kind) && total > 0),
      },
      by,
    ),
  };
}

/**
 * Signal in which no beat was found has not been judged: that no beat is ventricular there says nothing. What is still for
 * long enough to say so is asystole, which is a finding, and judged.
 */
function judgedOf(
  has: { readonly hasAf: boolean; readonly hasBeats: boolean; readonly hasPause: boolean },
  { findsBeats, analysableS, thresholds, segments }: JudgedBy,
): Judged {
  const { hasAf, hasBeats, hasPause } = has;
  const beats = findsBeats && analysableS > 0 && (hasBeats || hasPause);
  return {
    beats,
    af: beats && (hasAf || analysableS >= thresholds.afS),
    ...(segments.length > 0
      ? { segments: segments.some(({ verdict }) => verdict !== 'Unreadable') }
      : {}),
  };
}

export function beatsByClass({ beatClass }: BeatRows): FindingCounts['beats'] {
  const byCode = new Uint32Array(256);
  for (let i = 0; i < beatClass.length; i++) byCode[beatClass[i]!]!++;
  const beats = { N: 0, S: 0, V: 0, F: 0, Q: 0, total: beatClass.length };
  byCode.forEach((count, code) => (beats[BEAT_CLASSES[code] ?? 'Q'] += count));
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
    worst: worstOf(held)?.id ?? null,
  };
}
