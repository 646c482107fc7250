import { computed, ref, shallowRef } from 'vue';
import type { CaliperMark, KeptCaliper } from '../../shared/domain';
import { useAnalysis } from './analysis';
import type { useCaliperReading } from './caliper-reading';
import { useReview } from './review';

/** A mark on the paper: kept with its reader, or in hand and not kept yet. */
export type ShownCaliper = CaliperMark & Partial<Pick<KeptCaliper, 'reader' | 'atMs'>>;

/** Moves by key are one act once the keys have rested. */
const REST_MS = 700;

/** The marks that are kept, and the one that is being moved until it is. */
export function useCaliperDraft(reading: ReturnType<typeof useCaliperReading>) {
  const analysis = useAnalysis();
  const review = useReview();
  const draft = shallowRef<CaliperMark | null>(null);
  /** Begun and not placed yet: a drag on the paper draws it. */
  const isNew = ref(false);
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** What is on its way into the trail, one after the other. */
  let writing: Promise<unknown> = Promise.resolve();
  let beingKept: CaliperMark | null = null;

  const kept = computed<readonly KeptCaliper[]>(() => review.state?.calipers ?? []);
  const isKept = (id: string): boolean => kept.value.some((mark) => mark.id === id);
  const marks = computed<readonly ShownCaliper[]>(() => {
    const moved = draft.value;
    if (!moved) return kept.value;
    return isKept(moved.id)
      ? kept.value.map((mark) => (mark.id === moved.id ? { ...mark, ...moved } : mark))
      : [...kept.value, moved];
  });

  /** Shows a mark as it is being moved; its mV follow as soon as they are read. */
  function show(next: CaliperMark): void {
    draft.value = reading.measured(next);
    const { id } = next;
    void reading.whenRead(next).then(() => {
      if (draft.value?.id === id) draft.value = reading.measured(draft.value);
    });
  }

  /** Keeps the mark that is being moved as it is now. What is moved on meanwhile is kept when it rests. */
  async function keep(): Promise<void> {
    clearTimeout(resting);
    const mark = draft.value;
    if (!mark) return;
    isNew.value = false;
    const of = analysis.analysisId;
    const written = writing.then(() => write(mark, of));
    const done = written.catch(() => undefined);
    beingKept = mark;
    writing = done;
    await written;
    if (writing === done) beingKept = null;
  }

  async function write(mark: CaliperMark, of: string | null): Promise<void> {
    await reading.whenRead(mark);
    // The signal that is shown by now may be another recording's.
    const whole = of === analysis.analysisId ? reading.measured(mark) : mark;
    await review.edit({ kind: 'set-caliper', id: whole.id, mark: whole }, of);
    if (isSame(draft.value, whole)) draft.value = null;
  }

  function keepWhenRested(): void {
    clearTimeout(resting);
    resting = setTimeout(() => void keep(), REST_MS);
  }

  /** Shows what is being moved no more. */
  function drop(): void {
    clearTimeout(resting);
    draft.value = null;
    isNew.value = false;
  }

  /** Drops what was moved and is not kept, nor on its way to be. @returns whether there was anything */
  function dropPending(): boolean {
    const isPending = draft.value !== null && !isSame(beingKept, draft.value);
    if (isPending) drop();
    return isPending;
  }

  /** After what is on its way into the trail: an undo before it would take back another step. */
  const settled = (): Promise<unknown> => writing;

  async function takeAway(id: string): Promise<void> {
    const of = analysis.analysisId;
    const isThere = isKept(id) || beingKept?.id === id;
    await settled();
    if (isThere) await review.edit({ kind: 'set-caliper', id, mark: null }, of);
  }

  return { marks, isNew, show, keep, keepWhenRested, drop, dropPending, settled, takeAway };
}

const isSame = (a: CaliperMark | null, b: CaliperMark): boolean =>
  a?.id === b.id && a.startS === b.startS && a.endS === b.endS && a.kind === b.kind;
