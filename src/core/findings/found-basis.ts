import type { FindingCounts, FindingThresholds, Segment } from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { beatRows, spansGap, type Beats, type PlacedRows } from './beat-rows';
import { closedByHand, withSeen } from './by-hand';
import { beatsByClass } from './counts';
import type { Found } from './found';
import type { FoundInBeats } from './found-in-beats';
import type { OfProgram } from './of-program';
import type { AfterRejections, PlacedDecision } from './rejections';
import { unexplained } from './unexplained';

/** What a reader made of it; nothing, before they began. */
export interface Reading {
  /** As the reader left them, with which of them were set by hand. */
  readonly beats: Beats;
  readonly decisions: readonly PlacedDecision[];
}

/** What is found where beats and rejections stand so, before it is known what a reader says of it. */
export interface FoundBasis {
  readonly found: readonly Found[];
  readonly rejected: AfterRejections['rejected'];
  readonly beatCounts: FindingCounts['beats'];
  readonly findsBeats: boolean;
  readonly analysableS: number;
  /** What rejections made of every beat that the reader left. */
  readonly left: Pick<AfterRejections, 'timeS' | 'beatClass' | 'out' | 'gaps'>;
  /** Flagged segments all of whose ectopic beats were set to something else, with the place of that in the trail. */
  readonly closed: ReadonlyMap<number, number>;
  /** The beats that count: what all of it is made of. */
  readonly beats: PlacedRows;
  /** Segments with verdicts that agree with what the program found in them. */
  readonly segments: readonly Segment[];
  readonly thresholds: FindingThresholds;
  readonly program: OfProgram;
  /** What of `found` is made anew, or not, with what changes. */
  readonly parts: FoundInBeats & { readonly unexplained: readonly Found[] };
}

export interface FoundFrom {
  readonly signal: AnalysedSignal;
  readonly thresholds: FindingThresholds;
  readonly reading: Reading;
  readonly left: AfterRejections;
  readonly program: OfProgram;
  readonly rows: PlacedRows;
  readonly inBeats: FoundInBeats;
}

/** @param known what nothing explains, where that is what it was */
export function foundFrom(
  { signal, thresholds, reading, left, program, rows, inBeats }: FoundFrom,
  known: (closed: FoundBasis['closed']) => readonly Found[] | null = () => null,
): FoundBasis {
  const { segments, byRule } = program.agreed;
  const closed = closedByHand(segments, signal.beats, reading.beats);
  // Before the first beat and after the last there is no interval that could be left out.
  const pauses = inBeats.pauses.filter((one) => !left.gaps.some((gap) => spansGap(gap, one)));
  const seen = { ...inBeats, pauses, ectopy: inBeats.ectopy.map((one) => withSeen(one, rows)) };
  const found = [
    ...seen.pauses,
    ...seen.ectopy,
    ...seen.rhythms,
    ...seen.slow,
    ...seen.fast,
    ...program.unread,
  ];
  const isOpen = ({ index }: Segment): boolean => !byRule.has(index) && !closed.has(index);
  const unclear =
    known(closed) ??
    unexplained(
      segments.filter(isOpen),
      [...found, ...left.rejected.map((one) => one.found)],
      signal.restless?.filter(({ startS, endS }) => endS - startS >= thresholds.urgentPauseS),
    );
  return {
    found: [...found, ...unclear, ...program.wide],
    rejected: left.rejected,
    left: { timeS: left.timeS, beatClass: left.beatClass, out: left.out, gaps: left.gaps },
    closed,
    beatCounts: beatsByClass(rows),
    findsBeats: signal.findsBeats,
    analysableS: program.analysableS,
    beats: rows,
    segments,
    thresholds,
    program,
    parts: { ...seen, unexplained: unclear },
  };
}

/** The beats that count of those that a reader left. */
export function rowsLeft(
  left: AfterRejections,
  { restless = [] }: AnalysedSignal,
  { time }: Pick<OfProgram, 'time'>,
): PlacedRows {
  return beatRows(left, time, { out: left.out, gaps: [...left.gaps, ...restless] });
}

/** Beats that count, with what was set by hand of all. */
export function withHands(rows: PlacedRows, handAt: Beats['handAt']): PlacedRows {
  return {
    ...rows,
    handAt: handAt && picked(handAt, rows.index, new Uint32Array(rows.index.length)),
  };
}

/** Of a column of all beats the values of some: a callback for each would take a tenth of an act on a day. */
export function picked<Column extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  of: Uint8Array | Uint32Array,
  index: Uint32Array,
  into: Column,
): Column {
  for (let i = 0; i < index.length; i++) into[i] = of[index[i]!]!;
  return into;
}
