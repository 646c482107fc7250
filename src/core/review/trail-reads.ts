import { LRUCache } from 'lru-cache';
import type { ReviewEvent } from '../../shared/domain';
import type { Database } from './store/sql';
import { eventBatches } from './store/event-batches';
import {
  actOf,
  brokenAt,
  CHAIN_START,
  damagedTrail,
  reviewEventOf,
  unknownStep,
  type ChainedEvent,
  type EventAct,
} from './store/event-rows';

/** Acts of trails that are kept, of all together: some 100 MB. */
const MOST_ACTS = 300_000;

/** A trail as far as it was read: its acts after the line `from`, in their order, and the hash of the last event. */
export interface ReadTrail {
  readonly from: number;
  readonly acts: readonly EventAct[];
  readonly hash: string;
}

/** The acts of trails: read once, followed along their chain, then only what came after. */
export function createTrailReads(database: Database) {
  const reads = new LRUCache<string, ReadTrail>({
    maxSize: MOST_ACTS,
    sizeCalculation: ({ acts }) => acts.length + 1,
  });
  const NONE: ReadTrail = { from: 0, acts: [], hash: CHAIN_START };

  function readOn(analysisId: string, start: ReadTrail): ReadTrail & { sequence: number } {
    let known = start;
    const sequence = (): number => known.from + known.acts.length;
    for (const rows of readRows(database, analysisId, sequence(), known.hash)) {
      // What was given out stays as it was, and of rows that cannot all be read nothing is kept.
      const acts = rows.map((row) => actOf(row) ?? unknown(database, row));
      known = { ...known, acts: known.acts.concat(acts), hash: rows.at(-1)!.hash };
      reads.set(analysisId, known);
    }
    return { ...known, sequence: sequence() };
  }

  const isWhole = (analysisId: string): boolean => reads.get(analysisId)?.from === 0;
  return {
    read: (analysisId: string) => readOn(analysisId, reads.get(analysisId) ?? NONE),
    readWhole: (analysisId: string) =>
      readOn(analysisId, (isWhole(analysisId) ? reads.get(analysisId) : null) ?? NONE),
    isWhole,
    put: (analysisId: string, trail: ReadTrail): void => void reads.set(analysisId, trail),
    clear: () => reads.clear(),
  };
}

/** Every line of a trail, compared with its chain. */
export function eventsOf(database: Database, analysisId: string): ReviewEvent[] {
  return [...readRows(database, analysisId, 0, CHAIN_START)].flatMap((rows) =>
    rows.map((row) => reviewEventOf(row) ?? unknown(database, row)),
  );
}

/** The act that a row tells. Throws where it is of a kind that this version does not know. */
export function knownAct(database: Database, row: ChainedEvent): EventAct {
  return actOf(row) ?? unknown(database, row);
}

function unknown(database: Database, { sequence }: ChainedEvent): never {
  throw unknownStep(database.path, sequence);
}

/** Rows after a place of a trail, some at a time, each compared with its chain. */
export function* readRows(
  database: Database,
  analysisId: string,
  sequence: number,
  hash: string,
): Generator<readonly ChainedEvent[]> {
  let from = { sequence, hash };
  for (const rows of eventBatches(database, analysisId, sequence)) {
    const broken = brokenAt(rows, from);
    if (broken >= 0) throw damagedTrail(database.path, from.sequence + broken + 1);
    yield rows;
    from = rows.at(-1)!;
  }
}
