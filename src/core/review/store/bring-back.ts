import type { Database } from './sql';
import {
  CHAIN_START,
  chainHash,
  EVENT_COLUMNS,
  eventRowOf,
  insertEventRow,
  type ChainedEvent,
} from './event-rows';
import { heldUpTo, lastTextEvent, textEvents } from './text-trail';

/** What came back into a store from the text beside it. */
export interface BroughtBack {
  readonly events: number;
  /** Analyses whose trail goes another way in the text than in the store, which then is as it was. */
  readonly otherwise: readonly string[];
}

interface Last {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Takes events that the text holds and the store has lost into the store: those that go on, link by link, from where
 * the store's trail of an analysis ends. Looks no further than the text's last line where the store knows that.
 * @throws StoreFailure where the store cannot be read or written
 */
export function bringBack(database: Database, textPath: string): BroughtBack {
  const last = lastTextEvent(textPath);
  if (!last || heldUpTo(database, last) !== null) return { events: 0, otherwise: [] };
  return database.transaction(() => {
    const ends = new Map<string, Last>();
    const otherwise = new Set<string>();
    let events = 0;
    for (const event of textEvents(textPath)) {
      const { analysisId } = event;
      const end = ends.get(analysisId) ?? endOf(database, analysisId);
      ends.set(analysisId, end);
      if (goesOn(end, event)) {
        insertEventRow(database, event, end.hash);
        ends.set(analysisId, event);
        events++;
      } else if (!isStored(database, event)) otherwise.add(analysisId);
    }
    return { events, otherwise: [...otherwise] };
  });
}

function goesOn(end: Last, event: ChainedEvent): boolean {
  return event.sequence === end.sequence + 1 && event.hash === chainHash(end.hash, event);
}

function endOf(database: Database, analysisId: string): Last {
  const raw = database.get(
    `SELECT ${EVENT_COLUMNS} FROM review_events WHERE analysis_id = ? ORDER BY sequence DESC LIMIT 1`,
    [analysisId],
  );
  return (raw && eventRowOf(raw)) ?? { sequence: 0, hash: CHAIN_START };
}

function isStored(database: Database, { analysisId, sequence, hash }: ChainedEvent): boolean {
  const raw = database.get(
    `SELECT ${EVENT_COLUMNS} FROM review_events WHERE analysis_id = ? AND sequence = ?`,
    [analysisId, sequence],
  );
  return raw !== undefined && eventRowOf(raw)?.hash === hash;
}
