import type { FileHead } from '../format';
import { appleHealth } from './apple-health';
import { headLines, type HeadLine } from './head-lines';
import type { TableLayout } from './layout';
import { openBci } from './openbci';
import { openSignals } from './open-signals';
import { plainTable } from './plain-table';
import { polar } from './polar';

/** Kinds of tables, those with a mark of their own first. */
const LAYOUTS: readonly ((lines: readonly HeadLine[]) => TableLayout | null)[] = [
  openBci,
  openSignals,
  appleHealth,
  polar,
  plainTable,
];

/** What a file's beginning says of all of it, null for a file that is no table of samples. */
export function layoutOf({ bytes, sizeBytes }: FileHead): TableLayout | null {
  const lines = headLines(bytes, bytes.length >= sizeBytes);
  if (!lines) return null;
  for (const layout of LAYOUTS) {
    const found = layout(lines);
    if (found) return found;
  }
  return null;
}
