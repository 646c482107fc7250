import { worstOf, type Finding, type FindingThresholds, type Segment } from '../../shared/domain';
import { duration } from './duration';
import { findingTitle } from './finding-titles';
import type { ReportFinding } from './types';

/** A line of the findings table, before it is known what gets a strip. */
export interface FoundKind extends Omit<ReportFinding, 'inStrips'> {
  readonly occurrences: readonly Finding[];
}

/** Kinds of which every place gets a strip as long as there is room: nobody forgives a report for leaving one out. */
const NEVER_LEFT_OUT: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'asystole',
  'pause',
  'ventricular-tachycardia',
  'ventricular-run',
]);

/**
 * Lines of the findings table, in the order in which they matter; a kind of which all are rejected has none.
 * @param findings most urgent kind first, in time order within a kind
 */
export function reportFindings(
  findings: readonly Finding[],
  segments: readonly Segment[],
  thresholds: FindingThresholds,
): FoundKind[] {
  const byKind = new Map<Finding['kind'], Finding[]>();
  for (const finding of findings) {
    if (finding.state === 'rejected') continue;
    const ofKind = byKind.get(finding.kind);
    if (ofKind) ofKind.push(finding);
    else byKind.set(finding.kind, [finding]);
  }
  return [...byKind].map(([kind, occurrences]) => {
    const example = worstOf(occurrences)!;
    return {
      kind: findingTitle(kind, thresholds),
      neverLeftOut: NEVER_LEFT_OUT.has(kind),
      count: occurrences.length,
      reviewed: occurrences.filter(({ state }) => state !== 'open').length,
      segments: holding(segments, occurrences),
      exampleS: example.startS,
      extreme: describe(example),
      occurrences,
    };
  });
}

/** Indices of the segments that hold any; both are in time order, and occurrences of one kind do not overlap. */
function holding(segments: readonly Segment[], occurrences: readonly Finding[]): number[] {
  const held: number[] = [];
  let next = 0;
  for (const { index, startS, endS } of segments) {
    while (next < occurrences.length && occurrences[next]!.endS < startS) next++;
    if (next < occurrences.length && occurrences[next]!.startS < endS) held.push(index);
  }
  return held;
}

function describe({ beats, rateBpm, durationS }: Finding): string | null {
  if (beats === 0) return durationS >= 60 ? duration(durationS) : `${durationS.toFixed(1)} s`;
  if (beats === 1 || rateBpm === null) return null;
  const long = durationS >= 60 ? `${duration(durationS)}, ` : '';
  return `${long}${beats} beats, ${rateBpm.toFixed(0)} bpm`;
}
