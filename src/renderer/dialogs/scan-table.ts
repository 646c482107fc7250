import type { ScanRow } from '../../shared/contract';
import { isFlagged } from '../../shared/domain/segment-standing';

/** One line of the scan table, counted from a row of the contract. */
export interface ScanLine {
  readonly row: ScanRow;
  readonly index: number;
  readonly segments: number;
  readonly flagged: number;
  readonly unreadable: number;
  readonly highest: number | null;
}

export type ScanColumn = 'record' | 'durationS' | 'flagged' | 'unreadable' | 'highest';
export type ScanFilter = 'all' | 'flagged' | 'failed' | 'changed';

export function scanLine(row: ScanRow, index: number): ScanLine {
  let flagged = 0;
  let unreadable = 0;
  let highest: number | null = null;
  for (const s of row.segments) {
    if (isFlagged(s)) flagged++;
    if (s.verdict === 'Unreadable') unreadable++;
    if (s.probability !== null) highest = Math.max(highest ?? 0, s.probability);
  }
  return { row, index, segments: row.segments.length, flagged, unreadable, highest };
}

const KEEPS: Record<ScanFilter, (line: ScanLine) => boolean> = {
  all: () => true,
  flagged: (line) => line.flagged > 0,
  failed: (line) => line.row.error !== undefined,
  changed: (line) => line.row.changed === true,
};

/** Filters and sorts; rows that could not be read go last, and ties keep the order of the scan. */
export function arrange(
  lines: readonly ScanLine[],
  filter: ScanFilter,
  column: ScanColumn | null,
  descending: boolean,
): ScanLine[] {
  const kept = lines.filter((line) => KEEPS[filter](line));
  if (!column) return kept;
  const sign = descending ? -1 : 1;
  const value = (l: ScanLine): number | string =>
    column === 'record'
      ? l.row.record
      : column === 'durationS'
        ? (l.row.durationS ?? -1)
        : (l[column] ?? -1);
  return kept.sort((a, b) => {
    const failed = Number(a.row.error !== undefined) - Number(b.row.error !== undefined);
    if (failed !== 0) return failed;
    const x = value(a);
    const y = value(b);
    const order =
      typeof x === 'string' && typeof y === 'string'
        ? x.localeCompare(y, undefined, { numeric: true })
        : Number(x) - Number(y);
    return order !== 0 ? sign * order : a.index - b.index;
  });
}
