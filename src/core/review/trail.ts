import { z } from 'zod';
import { err, ok, ReviewEdit, type Result, type ReviewEvent } from '../../shared/domain';
import { decisionsOf, EMPTY_REPLAY, replayEvent, type MadeEdit, type Replay } from './review-state';
import type { Database } from './store/database';

/** The append-only audit trail of one store. Every state a reader sees is this trail, replayed. */
export interface Trail {
  events(analysisId: string): ReviewEvent[];
  replay(analysisId: string): Replay;
  /** Appends an edit. Durable once it returns. */
  edit(analysisId: string, edit: ReviewEdit, by: Author): Result<Replay>;
  /** Appends an `undo` of the last edit in force; `conflict` when there is none. */
  undo(analysisId: string, by: Author): Result<Replay>;
  /** Appends a `redo` of the last edit undone; `conflict` when there is none. */
  redo(analysisId: string, by: Author): Result<Replay>;
  /** Takes over the trail of an exported review, line by line; `conflict` when this analysis has one already. */
  adopt(analysisId: string, events: readonly ReviewEvent[]): Result<Replay>;
}

/** Who acts, and on whose verdicts: the hash of the model that the reader had before them. */
export interface Author {
  readonly reader: string;
  readonly modelSha256: string;
}

export function createTrail(database: Database, nowMs: () => number = Date.now): Trail {
  const append = (
    analysisId: string,
    by: Author,
    choose: (replay: Replay) => { action: ReviewEvent['action']; edit: ReviewEdit } | null,
  ): Result<Replay> =>
    // Read and append under one lock: two processes on one store cannot write the same sequence number.
    database.transaction(() => {
      const events = readEvents(database, analysisId);
      const replay = events.reduce(replayEvent, EMPTY_REPLAY);
      const chosen = choose(replay);
      if (!chosen) return err('conflict', 'There is nothing to take back or bring again.');
      const atMs = nowMs();
      const next = replayEvent(replay, { ...chosen, reader: by.reader, atMs });
      insertEvent(database, analysisId, {
        ...chosen,
        sequence: (events.at(-1)?.sequence ?? 0) + 1,
        atMs,
        reader: by.reader,
        before: touched(replay, chosen.edit),
        after: touched(next, chosen.edit),
        modelSha256: by.modelSha256,
      });
      return ok(next);
    });

  const last = (made: readonly MadeEdit[]): ReviewEdit | undefined => made.at(-1)?.edit;
  return {
    events: (analysisId) => readEvents(database, analysisId),
    replay: (analysisId) => readEvents(database, analysisId).reduce(replayEvent, EMPTY_REPLAY),
    edit: (analysisId, edit, by) => append(analysisId, by, () => ({ action: 'edit', edit })),
    undo: (analysisId, by) =>
      append(analysisId, by, (replay) => {
        const edit = last(replay.active);
        return edit ? { action: 'undo', edit } : null;
      }),
    redo: (analysisId, by) =>
      append(analysisId, by, (replay) => {
        const edit = last(replay.undone);
        return edit ? { action: 'redo', edit } : null;
      }),
    adopt: (analysisId, events) =>
      database.transaction(() => {
        if (readEvents(database, analysisId).length > 0) {
          return err(
            'conflict',
            'This recording has decisions of its own; a trail is never mixed.',
          );
        }
        const gap = events.findIndex((event, i) => event.sequence !== i + 1);
        if (gap >= 0) return err('bad-input', `The trail has a gap at line ${gap + 1}.`);
        for (const event of events) insertEvent(database, analysisId, event);
        return ok(events.reduce(replayEvent, EMPTY_REPLAY));
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
function touched(replay: Replay, edit: ReviewEdit): unknown {
  if (edit.kind === 'decide-segments') {
    const decisions = decisionsOf(replay);
    return edit.segments.map((segment) => ({
      segment,
      decision: decisions.get(segment)?.decision ?? 'none',
      note: decisions.get(segment)?.note ?? '',
    }));
  }
  return replay.active
    .map((made) => made.edit)
    .filter((other) => other.kind !== 'decide-segments' && other.timeS === edit.timeS);
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

function readEvents(database: Database, analysisId: string): ReviewEvent[] {
  const rows = database.all('SELECT * FROM review_events WHERE analysis_id = ? ORDER BY sequence', [
    analysisId,
  ]);
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
