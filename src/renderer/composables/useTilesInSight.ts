import { computed, type Ref } from 'vue';
import { useRowsInSight } from './useRowsInSight';

/** Of a tile, CSS px: they are as wide as rows of them fill the list, and no narrower than `leastPx`. */
interface TileSize {
  readonly leastPx: number;
  readonly heightPx: number;
  readonly gapPx: number;
}

/**
 * Tiles of one size, row after row over the width of a scrolled list. Only the rows in sight are in the document.
 * @param element the scrolling element
 * @param count how many tiles there are
 */
export function useTilesInSight(
  element: Ref<HTMLElement | null>,
  size: () => TileSize,
  count: () => number,
) {
  const rowPx = (): number => size().heightPx + size().gapPx;
  const rowCount = (): number => Math.ceil(count() / columns.value);
  const rows = useRowsInSight(element, rowPx, rowCount);
  const columns = computed(() => {
    const { leastPx, gapPx } = size();
    return Math.max(1, Math.floor((rows.size.value.widthPx + gapPx) / (leastPx + gapPx)));
  });
  const tilePx = computed(() =>
    Math.floor((rows.size.value.widthPx - size().gapPx * (columns.value - 1)) / columns.value),
  );
  /** Of all rows, those out of sight among them. */
  const heightPx = computed(() => Math.max(0, rowCount() * rowPx() - size().gapPx));
  return {
    rows,
    columns,
    tilePx,
    heightPx,
    leftOf: (column: number): number => column * (tilePx.value + size().gapPx),
    topOf: (row: number): number => row * rowPx(),
  };
}
