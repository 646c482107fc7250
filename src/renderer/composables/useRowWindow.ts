import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { firstWhere } from '../../shared/domain/lower-bound';

/** Rows beyond the edge that are there already, so that scrolling shows no empty ones, px. */
const MARGIN_PX = 300;

/**
 * Which rows of a long list stand in its scroller, so that ten thousand cost no more than fifty.
 * @param heights height of every row, CSS px
 */
export function useRowWindow(scroller: Ref<HTMLElement | null>, heights: () => readonly number[]) {
  const topPx = ref(0);
  const heightPx = ref(800);

  /** Where each row begins, with the end of the last, px. */
  const starts = computed(() => {
    const at = [0];
    for (const height of heights()) at.push(at.at(-1)! + height);
    return at;
  });
  const count = computed(() => starts.value.length - 1);
  /** The last row that begins at or before a height. */
  function rowAt(px: number): number {
    const next = firstWhere(starts.value, (startPx) => startPx > px);
    return Math.max(0, Math.min(count.value, next) - 1);
  }
  const first = computed(() => rowAt(topPx.value - MARGIN_PX));
  const last = computed(() => rowAt(topPx.value + heightPx.value + MARGIN_PX));
  const beforePx = computed(() => starts.value[first.value]!);
  const afterPx = computed(() => {
    const end = starts.value[Math.min(count.value, last.value + 1)]!;
    return starts.value.at(-1)! - end;
  });

  function look(): void {
    topPx.value = scroller.value?.scrollTop ?? 0;
    heightPx.value = scroller.value?.clientHeight ?? 0;
  }
  let observer: ResizeObserver | null = null;
  onMounted(() => {
    look();
    scroller.value?.addEventListener('scroll', look, { passive: true });
    observer = new ResizeObserver(look);
    if (scroller.value) observer.observe(scroller.value);
  });
  onBeforeUnmount(() => {
    scroller.value?.removeEventListener('scroll', look);
    observer?.disconnect();
  });

  /** Scrolls as little as is needed for a row to be seen whole, below a head that stays. */
  function reveal(row: number, headPx = 44): void {
    const element = scroller.value;
    if (!element || row < 0 || row >= count.value) return;
    const from = starts.value[row]!;
    const to = starts.value[row + 1]! + headPx;
    if (from < element.scrollTop) element.scrollTop = from;
    else if (to > element.scrollTop + element.clientHeight)
      element.scrollTop = to - element.clientHeight;
    look();
  }

  return { first, last, beforePx, afterPx, reveal };
}
