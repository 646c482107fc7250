import { asBytes, asNumbers } from './columns';
import type { Database } from './sql';
import { CHAIN_START, eventRowOf, insertEventRow } from './event-rows';

/** Gives the events of an earlier version's store their place and their link of the chain, in the order in which they came. */
export function chainOldEvents(database: Database): void {
  const lastHash = new Map<string, string>();
  const rows = database.all(
    `SELECT rowid AS position, ${asNumbers('sequence', 'at_ms')}, ${asBytes(
      'analysis_id',
      'reader',
      'action',
      'edit',
      'before',
      'after',
      'model_sha256',
    )}, NULL AS imported, x'' AS hash FROM unchained_events ORDER BY rowid`,
  );
  for (const raw of rows) {
    const row = eventRowOf(raw);
    // What cannot be read is left out: the events after it show that it is missing.
    if (!row) continue;
    const previous = lastHash.get(row.analysisId) ?? CHAIN_START;
    lastHash.set(row.analysisId, insertEventRow(database, row, previous));
  }
}
