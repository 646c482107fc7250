import { LRUCache } from 'lru-cache';
import { ok } from '../../shared/domain';
import { resumedStanding } from './resumed-standing';
import { createStanding, type Standing } from './standing';
import {
  checkpointOf,
  checkpointSequence,
  dropCheckpoint,
  putCheckpoint,
} from './store/checkpoint-rows';
import type { Database } from './store/sql';
import { CHAIN_START, type EventAct } from './store/event-rows';
import { storeResult } from './store/store-failure';
import { createTrailReads, knownAct, readRows, type ReadTrail } from './trail-reads';

/** Trails that are kept replayed: the recordings that are open, and a worklist being walked. */
const KEPT = 50;
/** Steps after which what stands is kept anew, so that a start reads those after it alone. */
const CHECKPOINT_STEPS = 100;

export interface ReplayOptions {
  /**
   * Does something in small steps when nobody waits for an answer, until a step returns false. Only with it do trails go on
   * from their checkpoints: what was not read for the first answer is compared with the chain later.
   */
  readonly later?: ((step: () => boolean) => void) | null;
  /** Told of a trail which was found later not to be as it was written: from then on every method throws for it. */
  readonly onDamage?: (analysisId: string) => void;
}

/**
 * What stands of trails, kept and gone on with. After a start a long trail goes on from its checkpoint, which says what was
 * decided whatever has become of the lines before it; those are compared with their chain when nobody waits.
 */
export function createReplays(
  database: Database,
  { later = null, onDamage = () => undefined }: ReplayOptions,
) {
  const kept = new LRUCache<string, Standing>({ max: KEPT });
  const reads = createTrailReads(database);
  const { read, readWhole } = reads;
  const checks = new Map<string, 'pending' | 'whole' | 'damaged'>();

  function replayed(analysisId: string, reader: string | null): Standing {
    const key = keyOf(analysisId, reader);
    const resumed = reader === null && !kept.has(key) ? resume(analysisId) : null;
    const known = kept.get(key) ?? resumed ?? createStanding(reader);
    const trail = read(analysisId);
    fold(known, known.sequence < trail.from ? readWhole(analysisId) : trail);
    kept.set(key, known);
    return known;
  }

  /** What stands as of the checkpoint; null where there is none, or the trail is in memory. */
  function resume(analysisId: string): Standing | null {
    if (!later || reads.isWhole(analysisId) || checks.get(analysisId) === 'damaged') return null;
    const checkpoint = checkpointOf(database, analysisId);
    if (!checkpoint) return null;
    const { hash, standing: at } = checkpoint;
    reads.put(analysisId, { from: at.sequence, acts: [], hash });
    if (!checks.has(analysisId)) later(check(analysisId));
    return resumedStanding(at, () => fold(createStanding(), readWhole(analysisId)));
  }

  /** Compares every line with the chain, some a step; what stands is then by every one of them. */
  function check(analysisId: string): () => boolean {
    checks.set(analysisId, 'pending');
    const batches = readRows(database, analysisId, 0, CHAIN_START);
    const whole = createStanding();
    const acts: EventAct[] = [];
    let hash = CHAIN_START;
    return () => {
      try {
        const { value: rows, done } = batches.next();
        if (done !== true) {
          hash = rows.at(-1)!.hash;
          for (const row of rows) {
            const act = knownAct(database, row);
            acts.push(act);
            whole.add(act);
          }
          return true;
        }
        reads.put(analysisId, { from: 0, acts, hash });
        if (!standAlike(fold(whole, read(analysisId)), replayed(analysisId, null))) {
          storeResult(() => ok(dropCheckpoint(database, analysisId)));
        }
        kept.set(keyOf(analysisId, null), whole);
        checks.set(analysisId, 'whole');
      } catch {
        distrust(analysisId);
      }
      return false;
    };
  }

  /** From now on, and after a start, the whole trail is read before anything is said: it says then what is wrong. */
  function distrust(analysisId: string): void {
    checks.set(analysisId, 'damaged');
    clear();
    storeResult(() => ok(dropCheckpoint(database, analysisId)));
    onDamage(analysisId);
  }

  /** A checkpoint of a trail that has become longer; where the store does not take it, a start takes longer. */
  function keepCheckpoint(analysisId: string): void {
    storeResult(() => {
      const { sequence } = read(analysisId);
      if (sequence - checkpointSequence(database, analysisId) < CHECKPOINT_STEPS)
        return ok(undefined);
      const standing = replayed(analysisId, null).checkpoint();
      const { hash } = read(analysisId);
      return ok(putCheckpoint(database, analysisId, { hash, standing }));
    });
  }

  function clear(): void {
    kept.clear();
    reads.clear();
  }

  return { replayed, keepCheckpoint, reads, clear };
}

const keyOf = (analysisId: string, reader: string | null): string =>
  JSON.stringify([analysisId, reader]);

/** Folds what a standing lacks of a trail. @returns the standing */
function fold(standing: Standing, { from, acts }: ReadTrail): Standing {
  for (let i = standing.sequence - from; i < acts.length; i++) standing.add(acts[i]!);
  return standing;
}

function standAlike(one: Standing, other: Standing): boolean {
  const [text, otherText] = [one, other].map((standing) =>
    JSON.stringify([
      [standing.sequence, standing.segmentDecisions(), standing.findingDecisions()],
      [standing.beatActs(), standing.calipers(), standing.readers(), standing.reads.all()],
      [standing.report(), standing.signatures()],
    ]),
  );
  return text === otherText;
}
