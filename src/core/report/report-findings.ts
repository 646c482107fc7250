import { findings, type Occurrence } from '../beats/findings';
import type { AnalysisResult } from '../review/store/types';
import { duration } from './duration';
import type { ReportFinding } from './types';

/** A line of the findings table, before it is known what gets a strip. */
export interface FoundKind extends Omit<ReportFinding, 'inStrips'> {
  readonly occurrences: readonly Occurrence[];
}

/** Lines of the findings table, in the order in which they matter. */
export function reportFindings({ beats, episodes, segments }: AnalysisResult): FoundKind[] {
  const unreadable = segments.filter(({ verdict }) => verdict === 'Unreadable');
  const readable = (startS: number, endS: number): boolean =>
    !unreadable.some((segment) => segment.startS < endS && startS < segment.endS);
  return findings(beats, episodes, readable).map(({ kind, occurrences }) => {
    const example = mostMarked(occurrences);
    return {
      kind,
      count: occurrences.length,
      segments: holding(segments, occurrences),
      exampleS: example.startS,
      extreme: describe(example),
      occurrences,
    };
  });
}

/** Indices of the segments that hold any; both are in time order, and occurrences of one kind do not overlap. */
function holding(
  segments: AnalysisResult['segments'],
  occurrences: readonly Occurrence[],
): number[] {
  const held: number[] = [];
  let next = 0;
  for (const { index, startS, endS } of segments) {
    while (next < occurrences.length && occurrences[next]!.endS < startS) next++;
    if (next < occurrences.length && occurrences[next]!.startS < endS) held.push(index);
  }
  return held;
}

/** The longest; of equally long ones the fastest. */
function mostMarked(occurrences: readonly Occurrence[]): Occurrence {
  const lengthS = ({ startS, endS }: Occurrence): number => endS - startS;
  return occurrences.reduce((best, other) => {
    if (other.beats !== best.beats) return other.beats > best.beats ? other : best;
    if (best.beats === 0) return lengthS(other) > lengthS(best) ? other : best;
    return (other.rateBpm ?? 0) > (best.rateBpm ?? 0) ? other : best;
  });
}

function describe({ beats, rateBpm, startS, endS }: Occurrence): string | null {
  if (beats === 0) return `${(endS - startS).toFixed(1)} s`;
  if (beats === 1 || rateBpm === null) return null;
  const longS = endS - startS;
  const long = longS >= 60 ? `${duration(longS)}, ` : '';
  return `${long}${beats} beats, ${rateBpm.toFixed(0)} bpm`;
}
