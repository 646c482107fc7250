import type { FileHead } from '../format';
import { appleHealth } from './apple-health';
import { encodingOf, narrowHead, type TextEncoding } from './encoding';
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

/** A table as its beginning shows it; places count characters, of which each is one byte but in UTF-16. */
export interface FoundLayout {
  readonly layout: TableLayout;
  readonly encoding: TextEncoding;
  /** One byte a character. */
  readonly head: FileHead;
}

/** What a file's beginning says of all of it, null for a file that is no table of samples. */
export function layoutOf(file: FileHead): FoundLayout | null {
  const encoding = encodingOf(file.bytes);
  const head = narrowHead(file, encoding);
  const lines = headLines(head.bytes, head.bytes.length >= head.sizeBytes);
  if (!lines) return null;
  for (const layout of LAYOUTS) {
    const found = layout(lines);
    if (found) return { layout: found, encoding, head };
  }
  return null;
}
