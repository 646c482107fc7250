import type { Database } from './sql';
import type { ChainedEvent } from './event-rows';
import { packedRows } from './packed-rows';

const batches = packedRows({
  columns: [
    ...['sequence', 'position', 'at_ms', 'analysis_id', 'reader', 'action', 'edit', 'before'],
    ...['after', 'model_sha256', 'imported', 'hash'],
  ],
  from: 'FROM review_events WHERE analysis_id = ?',
});

/**
 * The events of an analysis after a sequence number, as stored, in their order. Nothing of them is checked here: whoever
 * reads them follows their chain, which a text that is no UTF-8 breaks as any other change does.
 */
export function* eventBatches(
  database: Database,
  analysisId: string,
  sequence: number,
): Generator<ChainedEvent[]> {
  for (const rows of batches(database, [analysisId], sequence)) yield rows.map(eventOf);
}

function eventOf(row: readonly (string | null)[]): ChainedEvent {
  const [sequence, position, atMs, analysisId, reader, action, edit, before] = row;
  const [after, modelSha256, imported, hash] = row.slice(8);
  return {
    position: Number(position),
    sequence: Number(sequence),
    atMs: Number(atMs),
    analysisId: analysisId ?? '',
    reader: reader ?? '',
    action: (action ?? '') as ChainedEvent['action'],
    edit: edit ?? '',
    before: before ?? '',
    after: after ?? '',
    modelSha256: modelSha256 ?? '',
    imported: imported ?? null,
    hash: hash ?? '',
  };
}
