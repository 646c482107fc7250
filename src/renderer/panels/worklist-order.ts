import type { RecordingEntry } from '../../shared/domain';

export const WORKLIST_ORDERS = ['as added', 'name', 'most flagged', 'undecided first'] as const;
export type WorklistOrder = (typeof WORKLIST_ORDERS)[number];

/** Orders to choose from; to a reader who decides first, those by flags would give verdicts away. */
export function ordersFor(blindFirst: boolean): readonly WorklistOrder[] {
  return blindFirst ? ['as added', 'name'] : WORKLIST_ORDERS;
}

const left = (entry: RecordingEntry): number => entry.flagged - entry.decided;

/** The worklist in the order that a reader wants to work in. */
export function inOrder(
  entries: readonly RecordingEntry[],
  order: WorklistOrder,
): readonly RecordingEntry[] {
  const byName = (a: RecordingEntry, b: RecordingEntry): number =>
    a.name.localeCompare(b.name, undefined, { numeric: true });
  if (order === 'name') return [...entries].sort(byName);
  if (order === 'most flagged')
    return [...entries].sort((a, b) => b.flagged - a.flagged || byName(a, b));
  if (order === 'undecided first')
    return [...entries].sort((a, b) => left(b) - left(a) || byName(a, b));
  return entries;
}
