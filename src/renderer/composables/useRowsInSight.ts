import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** Rows drawn beyond those in sight, so that a slow frame shows no hole. */
const SPARE = 2;

/**
 * Rows of a scrolled list that are in sight, and the size of the list: only these are in the document, whatever the
 * length of the list.
 * @param element the scrolling element
 * @param rowPx height of a row with its gap
 * @param rows how many there are
 */
export function useRowsInSight(
  element: Ref<HTMLElement | null>,
  rowPx: () => number,
  rows: () => number,
) {
  const top = ref(0);
  const size = ref({ widthPx: 0, heightPx: 0 });
  const first = computed(() => Math.max(0, Math.floor(top.value / rowPx()) - SPARE));
  const last = computed(() =>
    Math.min(rows(), Math.ceil((top.value + size.value.heightPx) / rowPx()) + SPARE),
  );
  const inSight = computed(() =>
    Array.from({ length: Math.max(0, last.value - first.value) }, (_, i) => first.value + i),
  );
  let observer: ResizeObserver | null = null;
  const measure = (): void => {
    const at = element.value;
    if (at) size.value = { widthPx: at.clientWidth, heightPx: at.clientHeight };
  };
  onMounted(() => {
    measure();
    observer = new ResizeObserver(measure);
    if (element.value) observer.observe(element.value);
  });
  onBeforeUnmount(() => observer?.disconnect());

  /** Brings a row into sight, by no more than it takes. */
  function bring(row: number): void {
    const at = element.value;
    if (!at || row < 0) return;
    const from = row * rowPx();
    if (from < at.scrollTop) at.scrollTop = from;
    else if (from + rowPx() > at.scrollTop + at.clientHeight)
      at.scrollTop = from + rowPx() - at.clientHeight;
  }
  return {
    size,
    inSight,
    bring,
    scrolled: () => (top.value = element.value?.scrollTop ?? 0),
  };
}
