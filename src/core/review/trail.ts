import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { err, ok, ReviewEdit, type Result, type ReviewEvent } from '../../shared/domain';
import { createStanding, type Standing } from './standing';
import type { Database } from './store/database';

/** The append-only audit trail of one store. Every state a reader sees is this trail, replayed. */
export interface Trail {
  events(analysisId: string): ReviewEvent[];
  /**
   * What stands, also of what another process has written since. It is kept and goes on: ask anew instead of holding it.
   * @param reader whose edits stand; null for those of all
   */
  standing(analysisId: string, reader?: string | null): Standing;
  /** Appends an edit. Durable once it returns. */
  edit(analysisId: string, edit: ReviewEdit, by: Author): Result<void>;
  /** Appends an `undo` of this reader's last edit in force; `conflict` when there is none. */
  undo(analysisId: string, by: Author): Result<void>;
  /** Appends a `redo` of the edit that this reader undid last; `conflict` when there is none. */
  redo(analysisId: string, by: Author): Result<void>;
  /** Takes over the trail of an exported review, line by line; `conflict` when this analysis has one already. */
  adopt(analysisId: string, events: readonly ReviewEvent[]): Result<void>;
}

/** Who acts, and on whose verdicts: the hash of the model that the reader had before them. */
export interface Author {
  readonly reader: string;
  readonly modelSha256: string;
}

/** Trails that are kept replayed: the recordings that are open, and a worklist being walked. */
const KEPT = 50;
/** More things than this in one act are told by their number. */
const MOST_LISTED = 200;

export interface TrailOptions {
  readonly nowMs?: () => number;
  /** Told of every line that was appended, or taken over. */
  readonly onAppend?: (analysisId: string) => void;
}

export function createTrail(
  database: Database,
  { nowMs = Date.now, onAppend = () => undefined }: TrailOptions = {},
): Trail {
  const kept = new LRUCache<string, Standing>({ max: KEPT });

  function standing(analysisId: string, reader: string | null = null): Standing {
    const key = JSON.stringify([analysisId, reader]);
    const known = kept.get(key) ?? createStanding(reader);
    for (const event of readEvents(database, analysisId, known.sequence)) known.add(event);
    kept.set(key, known);
    return known;
  }

  function append(
    analysisId: string,
    by: Author,
    choose: (now: Standing) => { action: ReviewEvent['action']; edit: ReviewEdit } | null,
  ): Result<void> {
    try {
      // Read and append under one lock: two processes on one store cannot write the same sequence number.
      return database.transaction(() => {
        const now = standing(analysisId);
        const chosen = choose(now);
        if (!chosen) return err('conflict', 'There is nothing to take back or bring again.');
        const sequence = now.sequence + 1;
        const atMs = nowMs();
        const before = touched(now, chosen.edit);
        now.add({ ...chosen, sequence, reader: by.reader, atMs });
        insertEvent(database, analysisId, {
          ...chosen,
          sequence,
          atMs,
          reader: by.reader,
          before,
          after: touched(now, chosen.edit),
          modelSha256: by.modelSha256,
        });
        onAppend(analysisId);
        return ok(undefined);
      });
    } catch (cause) {
      // What is kept went ahead of a commit that failed.
      kept.clear();
      throw cause;
    }
  }

  return {
    events: (analysisId) => readEvents(database, analysisId, 0),
    standing,
    edit: (analysisId, edit, by) => append(analysisId, by, () => ({ action: 'edit', edit })),
    undo: (analysisId, by) =>
      append(analysisId, by, (now) => {
        const edit = now.next('undo', by.reader);
        return edit ? { action: 'undo', edit } : null;
      }),
    redo: (analysisId, by) =>
      append(analysisId, by, (now) => {
        const edit = now.next('redo', by.reader);
        return edit ? { action: 'redo', edit } : null;
      }),
    adopt: (analysisId, events) =>
      database.transaction(() => {
        if (standing(analysisId).sequence > 0) {
          return err(
            'conflict',
            'This recording has decisions of its own; a trail is never mixed.',
          );
        }
        const gap = events.findIndex((event, i) => event.sequence !== i + 1);
        if (gap >= 0) return err('bad-input', `The trail has a gap at line ${gap + 1}.`);
        for (const event of events) insertEvent(database, analysisId, event);
        onAppend(analysisId);
        return ok(undefined);
      }),
  };
}

function insertEvent(database: Database, analysisId: string, event: ReviewEvent): void {
  database.run(
    `INSERT INTO review_events
       (analysis_id, sequence, at_ms, reader, action, edit, before, after, model_sha256)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      analysisId,
      event.sequence,
      event.atMs,
      event.reader,
      event.action,
      JSON.stringify(event.edit),
      JSON.stringify(event.before),
      JSON.stringify(event.after),
      event.modelSha256,
    ],
  );
}

/** The part of the state that an edit is about, for the trail's before and after. */
function touched(standing: Standing, edit: ReviewEdit): unknown {
  switch (edit.kind) {
    case 'decide-segments':
      return edit.segments.map((segment) => {
        const { decision = 'none', note = '' } = standing.segmentDecision(segment) ?? {};
        return { segment, decision, note };
      });
    case 'decide-findings':
      return edit.findings.slice(0, MOST_LISTED).map(({ id }) => {
        const { state = 'open', note = '' } = standing.findingDecision(id) ?? {};
        return { id, state, note };
      });
    case 'relabel-beats':
    case 'delete-beats':
      return { beats: edit.timesS.length, family: edit.family };
    default:
      return standing.beatEditsAt(edit.timeS);
  }
}

const Row = z.object({
  sequence: z.number(),
  at_ms: z.number(),
  reader: z.string(),
  action: z.enum(['edit', 'undo', 'redo']),
  edit: z.string(),
  before: z.string(),
  after: z.string(),
  model_sha256: z.string(),
});

function readEvents(database: Database, analysisId: string, after: number): ReviewEvent[] {
  const rows = database.all(
    'SELECT * FROM review_events WHERE analysis_id = ? AND sequence > ? ORDER BY sequence',
    [analysisId, after],
  );
  return rows.map((raw) => {
    const row = Row.parse(raw);
    return {
      sequence: row.sequence,
      atMs: row.at_ms,
      reader: row.reader,
      action: row.action,
      edit: ReviewEdit.parse(JSON.parse(row.edit)),
      before: JSON.parse(row.before),
      after: JSON.parse(row.after),
      modelSha256: row.model_sha256,
    };
  });
}
