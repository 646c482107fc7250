import {
  isBorderline,
  isFlagged,
  lowerBound,
  type Finding,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import { EXPLAINING } from './unexplained';

/** What follows for a segment from the findings in it. */
interface Tally {
  open: boolean;
  confirmed: boolean;
  unsure: boolean;
  reader: string;
  atMs: number;
}

/** They are made of whole segments: those that only overlap them are flagged for something else. */
const OF_SEGMENTS: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'flagged-unclear',
  'borderline',
]);

/**
 * Decisions on segments that follow from those on the findings in them: none as long as one is open; agreed with where
 * one is confirmed; else unsure, or overruled where all are rejected. A slow rate settles where nothing else is there.
 * @param closed segments whose ectopic beats a reader has all set to something else, with who and when
 */
export function settledSegments(
  segments: readonly Segment[],
  findings: readonly Finding[],
  closed: ReadonlyMap<number, { readonly reader: string; readonly atMs: number }>,
): SegmentDecision[] {
  const starts = Float64Array.from(segments, ({ startS }) => startS);
  const longestS = segments.reduce((longest, one) => Math.max(longest, one.endS - one.startS), 0);
  /** Of what is flagged or borderline alone: a long event lies over thousands of others. */
  const tallies: (Tally | undefined)[] = [];
  const isAsked = segments.map((segment) => isFlagged(segment) || isBorderline(segment));
  const enter = (finding: Finding, isFallback: boolean): void => {
    const { startS, endS, kind } = finding;
    const isWhole = OF_SEGMENTS.has(kind);
    for (let i = lowerBound(starts, startS - longestS); i < segments.length; i++) {
      const segment = segments[i]!;
      if (segment.startS > endS) break;
      if (isAsked[i] !== true) continue;
      const isIn = isWhole
        ? segment.startS >= startS && segment.endS <= endS
        : segment.endS > startS && (segment.startS < endS || endS === startS);
      if (!isIn || (isFallback && tallies[i])) continue;
      add((tallies[i] ??= emptyTally()), finding);
    }
  };
  for (const finding of findings) {
    if (EXPLAINING.has(finding.kind) || OF_SEGMENTS.has(finding.kind)) enter(finding, false);
  }
  for (const finding of findings) if (finding.kind === 'bradycardia') enter(finding, true);
  const decisions: SegmentDecision[] = [];
  segments.forEach((segment, i) => {
    if (isAsked[i] !== true) return;
    const { index } = segment;
    const tally = tallies[i];
    const made = closed.get(index);
    if (tally && !tally.open) {
      const decision = tally.confirmed ? 'agree' : tally.unsure ? 'unsure' : 'overrule';
      const { reader, atMs } = tally;
      decisions.push({ segment: index, decision, note: '', reader, atMs, settled: true });
    } else if (!tally && made) {
      const { reader, atMs } = made;
      decisions.push({
        segment: index,
        decision: 'overrule',
        note: '',
        reader,
        atMs,
        settled: true,
      });
    }
  });
  return decisions;
}

const emptyTally = (): Tally => ({
  ...{ open: false, confirmed: false, unsure: false },
  ...{ reader: '', atMs: 0 },
});

function add(tally: Tally, { state, reader, decidedAtMs }: Finding): void {
  tally.open ||= state === 'open';
  tally.confirmed ||= state === 'confirmed';
  tally.unsure ||= state === 'unsure';
  const atMs = decidedAtMs ?? 0;
  if (atMs < tally.atMs) return;
  tally.reader = reader ?? '';
  tally.atMs = atMs;
}
