import type { Segment } from '../../shared/domain';
import type { Cell } from '../segments';

/** Row lengths that a reader can count in, seconds. */
const ROW_LENGTHS_S = [60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800] as const;

/** A last row shorter than this part of a row is drawn at the end of the row before. */
const TAIL = 0.025;

/** Number of rows of `rowS`. */
export function rowCount(durationS: number, rowS: number): number {
  return Math.max(1, Math.ceil(durationS / rowS - TAIL));
}

/** Length of a row so that the recording fits into `maxRows`; one that is shorter than a row fills it. */
export function rowLengthS(durationS: number, maxRows: number): number {
  if (durationS > 0 && durationS < ROW_LENGTHS_S[0]) return durationS;
  return (
    ROW_LENGTHS_S.find((length) => durationS / length <= maxRows + TAIL) ??
    Math.ceil(durationS / maxRows / 28_800) * 28_800
  );
}

/** One drawn square of the overview: one hop, or the worst of several where there is no room for each. */
export interface Square {
  readonly row: number;
  readonly startS: number;
  readonly endS: number;
  readonly segment: Segment;
  /** Position of the shown segment in the cells. */
  readonly position: number;
}

const severity = (segment: Segment): number =>
  segment.verdict === 'Abnormal'
    ? 2 + (segment.probability ?? 0)
    : segment.verdict === 'Unreadable'
      ? 1.5
      : (segment.probability ?? 0);

/**
 * Squares of a row layout. `perSquare` hops share one square; the most serious of them is shown, since an
 * overview that averaged would hide the one segment that matters.
 */
export function squaresOf(
  cells: readonly Cell[],
  rowS: number,
  perSquare: number,
  rows = Infinity,
): Square[] {
  const squares: Square[] = [];
  let open: { key: string; square: Square } | null = null;
  cells.forEach((cell, position) => {
    const row = Math.min(rows - 1, Math.floor(cell.startS / rowS + 1e-9));
    const key = `${row}|${Math.floor(cell.segment.index / perSquare)}`;
    if (open && open.key === key) {
      const worse = severity(cell.segment) > severity(open.square.segment);
      open.square = {
        ...open.square,
        endS: cell.endS,
        ...(worse ? { segment: cell.segment, position } : {}),
      };
      squares[squares.length - 1] = open.square;
    } else {
      const square = { row, startS: cell.startS, endS: cell.endS, segment: cell.segment, position };
      open = { key, square };
      squares.push(square);
    }
  });
  return squares;
}

/** A part of the viewport smaller than this is not drawn: a hair over the end of a row is in the next one. */
const LEAST_PART = 0.05;

/** Parts of [startS, endS) by row, as fractions of the row. */
export function rowParts(
  startS: number,
  endS: number,
  rowS: number,
  rows: number,
): { row: number; from: number; to: number }[] {
  const parts = [];
  const first = Math.min(rows - 1, Math.floor(startS / rowS));
  for (let row = first; row <= Math.min(rows - 1, Math.floor(endS / rowS)); row++) {
    const from = Math.max(0, startS / rowS - row);
    const to = row === rows - 1 ? endS / rowS - row : Math.min(1, endS / rowS - row);
    if ((to - from) * rowS > LEAST_PART * (endS - startS)) parts.push({ row, from, to });
  }
  return parts;
}
