import type { ScanRow } from '../../shared/contract';
import { FINDING_KINDS, wayToSettle, worstOf, type Finding } from '../../shared/domain';
import { isFlagged } from '../../shared/domain/segment-standing';

/** One line of the scan table, counted from a row of the contract. */
export interface ScanLine {
  readonly row: ScanRow;
  readonly index: number;
  readonly segments: number;
  readonly flagged: number;
  readonly unreadable: number;
  /** The worst of what was found, of the most urgent kind; null where nothing was. */
  readonly worst: Finding | null;
  /** What was found is kept from the reader. */
  readonly isWithheld: boolean;
}

export type ScanColumn = 'record' | 'durationS' | 'flagged' | 'unreadable' | 'worst';
export type ScanFilter = 'all' | 'flagged' | 'failed' | 'changed';

export function scanLine(row: ScanRow, index: number): ScanLine {
  let flagged = 0;
  let unreadable = 0;
  for (const s of row.segments) {
    if (isFlagged(s)) flagged++;
    if (s.verdict === 'Unreadable') unreadable++;
  }
  const segments = row.segments.length;
  return { row, index, segments, flagged, unreadable, worst: worstIn(row), isWithheld: false };
}

/** A line for whoever decides first, or reads second: neither it nor an order or a filter tells what was found. */
export function withheld(line: ScanLine): ScanLine {
  return { ...line, flagged: 0, worst: null, isWithheld: true };
}

/** What says that a stretch cannot be read is no event of the heart. */
function worstIn({ findings = [] }: ScanRow): Finding | null {
  const events = findings.filter(
    ({ kind, state }) => wayToSettle(kind) !== 'signal' && state !== 'rejected',
  );
  const kind = FINDING_KINDS.find((one) => events.some((event) => event.kind === one));
  return worstOf(events.filter((event) => event.kind === kind));
}

/** The more urgent the more; nothing found is least. */
const urgency = ({ worst }: ScanLine): number =>
  worst ? FINDING_KINDS.length - FINDING_KINDS.indexOf(worst.kind) : -1;

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
        : column === 'worst'
          ? urgency(l)
          : l[column];
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
