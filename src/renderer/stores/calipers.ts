import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { CaliperMark } from '../../shared/domain';
import { useAnalysis } from './analysis';
import { useCaliperDraft, type ShownCaliper } from './caliper-draft';
import { useCaliperReading } from './caliper-reading';
import { useLeadLayout } from './lead-layout';
import { useRecording } from './recording';
import { useView } from './view';

export type { ShownCaliper };
export type CaliperEdge = 'start' | 'end';
export type CaliperKind = CaliperMark['kind'];

/** How wide a new mark is before its edges are moved. */
const NEW_S = 0.2;

/** Marks that the reader measures with: two edges each, kept in the trail as soon as they rest. */
export const useCalipers = defineStore('calipers', () => {
  const analysis = useAnalysis();
  const recording = useRecording();
  const reading = useCaliperReading();
  const { marks, isNew, show, keep, keepWhenRested, drop, dropPending, settled, takeAway } =
    useCaliperDraft(reading);
  const { place, bringOnPaper } = usePaperOfMarks();

  const inHandId = ref<string | null>(null);
  const edge = ref<CaliperEdge>('end');
  const inHand = computed(() => marks.value.find(({ id }) => id === inHandId.value) ?? null);

  /**
   * Moves an edge, never past the other.
   * @param snap to an R peak that is near; false to the nearest sample alone
   */
  function moveEdge(which: CaliperEdge, timeS: number, snap: boolean): void {
    const mark = inHand.value;
    if (!mark) return;
    const least = reading.sampleS(mark);
    const at = reading.snapped(Math.min(Math.max(0, timeS), recording.durationS), mark, snap);
    const startS = Math.max(0, Math.min(at, mark.endS - least));
    const moved = which === 'start' ? { startS } : { endS: Math.max(at, mark.startS + least) };
    show({ ...bare(mark), ...moved });
  }

  /** Moves the edge in hand by samples, or by milliseconds. */
  function step(by: { samples: number } | { ms: number }): void {
    const mark = inHand.value;
    if (!mark) return;
    const from = edge.value === 'start' ? mark.startS : mark.endS;
    const byS = 'ms' in by ? by.ms / 1000 : by.samples * reading.sampleS(mark);
    moveEdge(edge.value, from + byS, false);
    keepWhenRested();
  }

  /** A mark at the crosshair, or in the middle of the paper. */
  function begin(): void {
    if (!analysis.analysisId || !recording.info) return;
    letGo();
    const { lead, atS } = place();
    const mark = newMark(lead, reading.snapped(atS, { lead }, true), recording.durationS);
    inHandId.value = mark.id;
    edge.value = 'end';
    isNew.value = true;
    show(mark);
  }

  /** Draws the new mark between two times. */
  function draw(fromS: number, toS: number, lead: number | null, snap: boolean): void {
    const mark = inHand.value;
    if (!mark) return;
    const edges = [fromS, toS].map((timeS) => reading.snapped(timeS, mark, snap));
    const between = orderedEdges(edges, reading.sampleS(mark), recording.durationS);
    edge.value = toS >= fromS ? 'end' : 'start';
    show({ ...bare(mark), lead: lead ?? mark.lead, ...between });
  }

  /** Takes a mark in hand, and brings it on the paper where it is not. */
  function take(id: string): void {
    const mark = marks.value.find((one) => one.id === id);
    if (!mark || inHandId.value === id) return;
    letGo();
    inHandId.value = id;
    edge.value = 'end';
    bringOnPaper(mark);
  }

  /** Keeps what was moved and leaves; a new mark that was not placed is not kept. */
  function letGo(): void {
    if (isNew.value) drop();
    else void keep();
    inHandId.value = null;
  }

  function setKind(kind: CaliperKind): void {
    const mark = inHand.value;
    if (!mark || mark.kind === kind) return;
    show({ ...bare(mark), kind });
    void keep();
  }

  function remove(): void {
    const mark = inHand.value;
    if (!mark) return;
    leave();
    void takeAway(mark.id);
  }

  function leave(): void {
    drop();
    inHandId.value = null;
  }
  watch(() => analysis.analysisId, leave);

  const acts = { begin, draw, take, letGo, moveEdge, step, setKind, keep, dropPending, remove };

  return { marks, inHand, inHandId, edge, isNew, settled, ...acts };
});

/** Where marks come to be, and how they come into sight. */
function usePaperOfMarks() {
  const leadLayout = useLeadLayout();
  const recording = useRecording();
  const view = useView();
  return {
    /** Where a new one begins: under the crosshair, else in the middle of the paper on a lead that is a whole row. */
    place(): { lead: number; atS: number } {
      const row = leadLayout.rows.find((cells) => cells.length === 1 && cells[0]!.lead.isEcg);
      const first = (row ?? leadLayout.rows[0])?.[0]?.lead.index ?? 0;
      const atS = view.cursor?.timeS ?? view.leftS + view.spanS / 2;
      return {
        lead: view.cursor?.leadIndex ?? first,
        atS: Math.min(Math.max(0, atS), Math.max(0, recording.durationS - NEW_S)),
      };
    },
    bringOnPaper({ startS, endS }: CaliperMark): void {
      if (startS < view.leftS || endS > view.leftS + view.spanS) view.reveal(startS, endS);
    },
  };
}

function orderedEdges(edges: readonly number[], leastS: number, durationS: number) {
  const startS = Math.max(0, Math.min(...edges));
  return { startS, endS: Math.min(durationS, Math.max(...edges, startS + leastS)) };
}

function newMark(lead: number, startS: number, durationS: number): CaliperMark {
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const endS = Math.min(durationS, startS + NEW_S);
  return { id, kind: 'interval', lead, startS, endS, startMv: null, endMv: null, rrMs: null };
}

/** Without who kept it and what was measured: those are of the act. */
function bare(mark: ShownCaliper): CaliperMark {
  const { id, kind, startS, endS, lead, startMv, endMv, rrMs } = mark;
  return { id, kind, startS, endS, lead, startMv, endMv, rrMs };
}
