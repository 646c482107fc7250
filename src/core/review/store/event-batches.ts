import type { Database } from './database';
import type { ChainedEvent } from './event-rows';

/** Rows in one answer of the SQL library: some megabytes at most where events are small. */
const BATCH = 500;
/** Texts of a row in the order in which they lie after its head. */
const TEXTS = [
  ...['analysis_id', 'reader', 'action', 'edit', 'before', 'after', 'model_sha256'],
  ...['imported', 'hash'],
];

/**
 * A row as one run of bytes: numbers and the length of each text, a semicolon, the texts. A value a column costs the SQL
 * library, which copies each by itself, twenty times as long for a hundred thousand rows; bytes, since it ends the process
 * at a text that is not UTF-8. What is left out as null has the length -1.
 */
const PACKED = `printf('%d %d %d', position, sequence, at_ms)
  || ${TEXTS.map((name) => `' ' || coalesce(length(CAST(${name} AS BLOB)), -1)`).join(' || ')}
  || ';' || ${TEXTS.map((name) => `coalesce(${name}, '')`).join(' || ')}`;

const SQL = `SELECT CAST(group_concat(packed, '') AS BLOB) AS rows FROM (
  SELECT ${PACKED} AS packed FROM review_events
  WHERE analysis_id = ? AND sequence > ? ORDER BY sequence LIMIT ${BATCH})`;

/**
 * The events of an analysis after a sequence number, as stored, in their order. Nothing of them is checked here: whoever
 * reads them follows their chain, which a text that is no UTF-8 breaks as any other change does.
 */
export function* eventBatches(
  database: Database,
  analysisId: string,
  sequence: number,
): Generator<ChainedEvent[]> {
  for (let after = sequence; ;) {
    const bytes = database.get(SQL, [analysisId, after])?.['rows'];
    if (!(bytes instanceof Uint8Array) || bytes.length === 0) return;
    const rows = unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    yield rows;
    const last = rows.at(-1)?.sequence ?? after;
    // A damaged tree may lead back, and so round for ever.
    if (rows.length < BATCH || !(last > after)) return;
    after = last;
  }
}

function unpack(bytes: Buffer): ChainedEvent[] {
  const rows: ChainedEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(59, at);
    if (end < 0) break;
    const [position, sequence, atMs, ...lengths] = bytes
      .toString('latin1', at, end)
      .split(' ')
      .map(Number);
    at = end + 1;
    const texts = lengths.map((length) => {
      if (length < 0) return null;
      at += length;
      return bytes.toString('utf8', at - length, at);
    });
    const [analysisId, reader, action, edit, before, after, modelSha256, imported, hash] = texts;
    rows.push({
      position: position!,
      sequence: sequence!,
      atMs: atMs!,
      analysisId: analysisId ?? '',
      reader: reader ?? '',
      action: (action ?? '') as ChainedEvent['action'],
      edit: edit ?? '',
      before: before ?? '',
      after: after ?? '',
      modelSha256: modelSha256 ?? '',
      imported: imported ?? null,
      hash: hash ?? '',
    });
  }
  return rows;
}
