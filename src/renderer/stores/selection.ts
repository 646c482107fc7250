import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { Decision, Segment } from '../../shared/domain';
import { isBorderline, isFlagged } from '../../shared/domain/segment-standing';
import { cellAt } from '../analysis/segments';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import { createNoteInHand } from './note-in-hand';
import { useReview } from './review';
import { useSight } from './sight';
import { useView } from './view';

/** The segment in hand, the segments chosen together, and the walk from one to the next. */
export const useSelection = defineStore('selection', () => {
  const analysis = useAnalysis();
  const blind = useBlind();
  const review = useReview();
  const sight = useSight();
  const view = useView();

  /** Position in `analysis.cells`, -1 before there are any. */
  const position = ref(-1);
  /** Indices of segments chosen together, by dragging or with Shift; empty when it is only the current one. */
  const chosen = ref<ReadonlySet<number>>(new Set());

  const current = computed<Segment | null>(() => analysis.cells[position.value]?.segment ?? null);
  const { note, goesWith: noteGoesWith } = createNoteInHand(
    () => current.value?.index ?? null,
    () => (current.value ? review.noteOf(current.value.index) : ''),
  );
  const isHidden = (segment: Segment): boolean => blind.hidesSegment(segment);
  /**
   * Positions to walk: the flagged ones, then the borderline ones; all readable ones when blind, or the walk would give
   * them away.
   */
  const walkOrder = computed<{ readonly positions: readonly number[]; readonly flagged: number }>(
    () => {
      const where = (wanted: (segment: Segment) => boolean): number[] =>
        analysis.cells.flatMap(({ segment }, i) => (wanted(segment) ? [i] : []));
      const first = where(blind.on ? ({ verdict }) => verdict !== 'Unreadable' : isFlagged);
      const then = blind.on ? [] : where(isBorderline);
      return { positions: [...first, ...then], flagged: first.length };
    },
  );
  const isOnWalk = computed(() =>
    blind.on
      ? ({ verdict }: Segment) => verdict !== 'Unreadable'
      : (segment: Segment) => isFlagged(segment) || isBorderline(segment),
  );
  /** Place in the walk from which a step of `by` begins: of what is not on it, that beside the next flagged segment. */
  function placeInWalk(by: 1 | -1): number {
    const { positions, flagged } = walkOrder.value;
    const at = positions.indexOf(position.value);
    if (at >= 0) return at;
    const next = positions.findIndex((one, i) => i < flagged && one > position.value);
    const after = next >= 0 ? next : flagged;
    return by === 1 ? after - 1 : after;
  }

  function select(next: number, reveal: boolean): void {
    const cell = analysis.cells[next];
    if (!cell) return;
    position.value = next;
    chosen.value = new Set();
    if (reveal) view.revealSegment(cell.segment.startS, cell.segment.endS);
  }

  function selectTime(timeS: number, reveal: boolean): void {
    select(cellAt(analysis.cells, timeS), reveal);
  }
  /** Takes the segment in whose middle part a time lies, without moving the paper. */
  function takeAt(timeS: number): void {
    const at = cellAt(analysis.cells, timeS);
    const before = analysis.cells[at - 1]?.segment;
    const middleS = (index: Segment): number => (index.startS + index.endS) / 2;
    const segment = analysis.cells[at]?.segment;
    const isNearer =
      before && segment && Math.abs(middleS(before) - timeS) < Math.abs(middleS(segment) - timeS);
    select(isNearer ? at - 1 : at, false);
  }

  /** Chooses everything between two positions. */
  function chooseRange(from: number, to: number): void {
    const next = new Set<number>();
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) {
      const cell = analysis.cells[i];
      if (cell) next.add(cell.segment.index);
    }
    chosen.value = next.size > 1 ? next : new Set();
  }

  function clearChosen(): void {
    chosen.value = new Set();
  }

  /**
   * Next or previous segment on the walk; `undecided` leaves out what has been decided, and goes on from the other end, so
   * that a walk that began in the middle leaves nothing out: not among the flagged ones before the borderline ones come.
   */
  function walk(by: 1 | -1, undecided = false): boolean {
    const { positions } = walkOrder.value;
    const from = placeInWalk(by);
    const found = undecided ? undecidedPlace(from, by) : from + by;
    const next = positions[found];
    if (next === undefined) return false;
    select(next, true);
    return true;
  }

  /** Place in the walk of the next undecided segment, the flagged ones first; -1 when there is none. */
  function undecidedPlace(from: number, by: 1 | -1): number {
    const { positions, flagged } = walkOrder.value;
    const { decisionOf } = review;
    const { cells } = analysis;
    const open = positions.flatMap((at, place) =>
      decisionOf(cells[at]!.segment.index) === 'none' ? [place] : [],
    );
    const first = open.filter((place) => place < flagged);
    const group = first.length > 0 ? first : open;
    if (by === -1) group.reverse();
    return group.find((place) => by * (place - from) > 0) ?? group[0] ?? -1;
  }

  const targets = computed(() => {
    if (chosen.value.size > 0) return [...chosen.value].sort((a, b) => a - b);
    return current.value ? [current.value.index] : [];
  });

  /** A walk waits for the decisions made earlier; keys pressed after it are about where it leads, which nobody saw yet. */
  let walking = false;

  /** Next undecided segment, once the decisions made earlier are known. */
  function walkUndecided(): void {
    if (review.state) walk(1, true);
    else {
      walking = true;
      void review.whenLoaded().then((loaded) => {
        walking = false;
        if (loaded) walk(1, true);
      });
    }
  }

  /** Decides on what is in hand and shows the next undecided segment, once the decisions made earlier are known. */
  function decide(decision: Decision): void {
    const segments = targets.value;
    const text = note.value;
    if (segments.length === 0 || !sight.mayDecide()) return;
    if (review.state) decideOn(segments, decision, text);
    else if (walking) sight.refuse('notDrawn');
    else void review.whenLoaded().then((loaded) => loaded && decideOn(segments, decision, text));
  }

  function decideOn(segments: number[], decision: Decision, text: string): void {
    // A second press of the same decision changes nothing; only undo takes one back.
    const same = segments.every(
      (i) => review.decisionOf(i) === decision && review.noteOf(i) === text,
    );
    const isBlind = analysis.segments.every(
      (one) =>
        !segments.includes(one.index) ||
        (isHidden(one) && !blind.shown.has(blind.segmentKey(one.index))),
    );
    if (!same) noteGoesWith(review.decide(segments, decision, text, isBlind));
    clearChosen();
    if (segments.includes(current.value?.index ?? -1)) walk(1, true);
  }

  /**
   * Takes the last change back, or makes it again, and shows the segment that it was about.
   * @param takeBack by what it is taken back
   * @returns whether it was about one
   */
  async function undo(redo = false, takeBack = review.undo): Promise<boolean> {
    if (!review.state && !(await review.whenLoaded())) return false;
    const before = review.bySegment;
    await takeBack(redo);
    const after = review.bySegment;
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (index) =>
        before.get(index)?.decision !== after.get(index)?.decision ||
        before.get(index)?.note !== after.get(index)?.note,
    );
    const here = current.value?.index;
    if (here !== undefined && changed.includes(here)) {
      note.value = review.noteOf(here);
      return true;
    }
    if (changed.length === 0) return false;
    const first = Math.min(...changed);
    const at = analysis.cells.findIndex((cell) => cell.segment.index === first);
    if (at >= 0) select(at, true);
    return true;
  }

  /** Takes up work where it stopped: the first undecided segment on the walk, if any was decided before. */
  function resume(): void {
    position.value = -1;
    clearChosen();
    if ((review.state?.decisions.length ?? 0) > 0 && walk(1, true)) return;
    select(0, false);
  }

  // What a key decides on must be on the paper: scrolled out of sight, the segment in the middle takes over.
  watch(
    () => view.leftS,
    (leftS) => {
      const segment = current.value;
      if (!segment) return;
      const rightS = leftS + view.spanS;
      const seen = Math.min(segment.endS, rightS) - Math.max(segment.startS, leftS);
      if (seen >= 0.5 * Math.min(segment.endS - segment.startS, view.spanS)) return;
      const middleS = leftS + view.spanS / 2;
      const halfS = (segment.endS - segment.startS) / 2;
      position.value = cellAt(analysis.cells, Math.max(0, middleS - halfS + 0.5));
    },
  );
  watch(
    () => (current.value && !isHidden(current.value) ? current.value.index : null),
    (index) => index !== null && blind.shown.add(blind.segmentKey(index)),
    { immediate: true, flush: 'sync' },
  );
  // While results stream in, keep the same segment in hand although its position may change.
  watch(
    () => analysis.cells,
    (cells, before) => {
      const index = before?.[position.value]?.segment.index;
      if (index === undefined) {
        if (cells.length > 0 && position.value < 0) position.value = cellAt(cells, view.leftS);
        return;
      }
      const found = cells.findIndex((cell) => cell.segment.index === index);
      if (found >= 0) position.value = found;
    },
    { flush: 'sync' },
  );

  return {
    position,
    chosen,
    note,
    noteGoesWith,
    current,
    targets,
    isHidden,
    isOnWalk,
    select,
    selectTime,
    takeAt,
    chooseRange,
    clearChosen,
    walk,
    walkUndecided,
    decide,
    undo,
    resume,
  };
});
