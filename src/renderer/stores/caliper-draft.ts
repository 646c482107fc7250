import { computed, ref, shallowRef } from 'vue';
import type { CaliperMark, KeptCaliper } from '../../shared/domain';
import type { useCaliperReading } from './caliper-reading';
import { useReview } from './review';

/** A mark on the paper: kept with its reader, or in hand and not kept yet. */
export type ShownCaliper = CaliperMark & Partial<Pick<KeptCaliper, 'reader' | 'atMs'>>;

/** Moves by key are one act once the keys have rested. */
const REST_MS = 700;

/** The marks that are kept, and the one that is being moved until it is. */
export function useCaliperDraft(reading: ReturnType<typeof useCaliperReading>) {
  const review = useReview();
  const draft = shallowRef<CaliperMark | null>(null);
  /** Begun and not placed yet: a drag on the paper draws it. */
  const isNew = ref(false);
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** What is on its way into the trail, one after the other. */
  let writing = Promise.resolve();
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
    const kept = writing.then(() => write(mark));
    beingKept = mark;
    writing = kept;
    await kept;
    if (writing === kept) beingKept = null;
  }

  async function write(mark: CaliperMark): Promise<void> {
    await reading.whenRead(mark);
    const whole = reading.measured(mark);
    await review.edit({ kind: 'set-caliper', id: whole.id, mark: whole });
    if (isSame(draft.value, whole)) draft.value = null;
  }

  function keepWhenRested(): void {
    clearTimeout(resting);
    resting = setTimeout(() => void keep(), REST_MS);
  }

  /** Drops what was moved and is not kept, nor on its way to be. @returns whether there was anything */
  function dropPending(): boolean {
    if (!draft.value) return false;
    clearTimeout(resting);
    if (beingKept && isSame(draft.value, beingKept)) return false;
    draft.value = null;
    isNew.value = false;
    return true;
  }

  /** After what is on its way into the trail: an undo before it would take back another step. */
  const settled = (): Promise<void> => writing;

  async function takeAway(id: string): Promise<void> {
    await settled();
    if (isKept(id)) await review.edit({ kind: 'set-caliper', id, mark: null });
  }

  return { marks, isNew, show, keep, keepWhenRested, dropPending, settled, takeAway };
}

const isSame = (a: CaliperMark | null, b: CaliperMark): boolean =>
  a?.id === b.id && a.startS === b.startS && a.endS === b.endS && a.kind === b.kind;
