import { isInColumn } from '../../shared/domain/lead-layout';
import type { Lane } from './lanes';

/** Height of a row of marks under a trace, CSS px, and what stays free below the last. */
const ROW_PX = 18;
const FOOT_PX = 10;
/** Paper between two marks of a row. */
const GAP_PX = 10;

interface Mark {
  readonly id: string;
  readonly lead: number | null;
  readonly startS: number;
  readonly endS: number;
}

export interface PlacedCaliper<M extends Mark> {
  readonly mark: M;
  readonly lane: Lane;
  /** Height of its bar, CSS px from the top of the paper. */
  readonly barPx: number;
  /** The label stands before the bar: after it the paper ends. */
  readonly before: boolean;
}

/** The lane that shows a lead at a time: its own row before its part of a row of columns. */
export function laneOf(lanes: readonly Lane[], lead: number | null, timeS: number): Lane | null {
  const shown = lanes.filter(
    (lane) => (lead === null || lane.lead.index === lead) && isInColumn(lane.column, timeS),
  );
  return shown.find(({ column }) => !column) ?? shown[0] ?? null;
}

/**
 * Where marks stand: below the trace of their lead, in as many rows as they need not to run into each other. A mark of a
 * lead that is not shown has no place.
 * @param labelPx width of a mark's label
 */
export function placeCalipers<M extends Mark>(
  marks: readonly M[],
  lanes: readonly Lane[],
  pxPerS: number,
  durationS: number,
  labelPx: (mark: M) => number,
): PlacedCaliper<M>[] {
  const rowsOf = new Map<number, { endPx: number }[]>();
  const placed = [...marks]
    .sort((a, b) => a.startS - b.startS)
    .flatMap((mark) => {
      const lane = laneOf(lanes, mark.lead, mark.startS);
      if (!lane) return [];
      const rows = rowsOf.get(lane.topPx) ?? [];
      rowsOf.set(lane.topPx, rows);
      const label = labelPx(mark) + GAP_PX;
      const before = mark.endS * pxPerS + label > durationS * pxPerS;
      const startPx = mark.startS * pxPerS - (before ? label : 0);
      const endPx = mark.endS * pxPerS + (before ? 0 : label) + GAP_PX;
      let row = rows.findIndex((taken) => taken.endPx <= startPx);
      if (row < 0) row = rows.push({ endPx }) - 1;
      else rows[row] = { endPx };
      return [{ mark, lane, row, before }];
    });
  return placed.map(({ mark, lane, row, before }) => {
    const rows = rowsOf.get(lane.topPx)!.length;
    const barPx = lane.topPx + lane.heightPx - FOOT_PX - (rows - 1 - row) * ROW_PX;
    return { mark, lane, barPx, before };
  });
}
