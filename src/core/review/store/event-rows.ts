import { z } from 'zod';
import { ImportMark, ReviewEdit, type ReviewEvent } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { asBytes, asNumbers, digestOf, TextColumn } from './columns';
import type { Database, SqlRow } from './sql';
import { StoreFailure } from './store-failure';

/** An event of the trail as the store keeps it: what is JSON stays the text that was hashed. */
export interface EventRow {
  readonly analysisId: string;
  readonly sequence: number;
  readonly atMs: number;
  readonly reader: string;
  readonly action: ReviewEvent['action'];
  readonly edit: string;
  readonly before: string;
  readonly after: string;
  readonly modelSha256: string;
  readonly imported: string | null;
}

/** With its place in the store, from 1 without a gap, and its link of the chain. */
export interface ChainedEvent extends EventRow {
  readonly position: number;
  readonly hash: string;
}

/** What the first event of an analysis is chained to. */
export const CHAIN_START = '';

/**
 * SHA-256 (hex) over an event and the hash of the one before it on the same analysis: an event that was changed,
 * left out or put in breaks the chain from there on. It tells damage and meddling, it does not prevent a forger who
 * computes the chain anew; the text trail beside the store has to be forged too.
 */
export function chainHash(previous: string, row: EventRow): string {
  return digestOf([
    previous,
    row.analysisId,
    row.sequence,
    row.atMs,
    row.reader,
    row.action,
    row.edit,
    row.before,
    row.after,
    row.modelSha256,
    row.imported,
  ]);
}

/** Appends an event after `previous` (`CHAIN_START` for the first). Inside a transaction. @returns its hash */
export function insertEventRow(database: Database, row: EventRow, previous: string): string {
  const hash = chainHash(previous, row);
  database.run(
    `INSERT INTO review_events (position, analysis_id, sequence, at_ms, reader, action, edit, before, after,
       model_sha256, imported, hash)
     VALUES ((SELECT coalesce(max(position), 0) + 1 FROM review_events), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.analysisId,
      row.sequence,
      row.atMs,
      row.reader,
      row.action,
      row.edit,
      row.before,
      row.after,
      row.modelSha256,
      row.imported,
      hash,
    ],
  );
  return hash;
}

export const EVENT_COLUMNS = `${asNumbers('position', 'sequence', 'at_ms')}, ${asBytes(
  'analysis_id',
  'reader',
  'action',
  'edit',
  'before',
  'after',
  'model_sha256',
  'imported',
  'hash',
)}`;

const Row = z.object({
  position: z.number(),
  analysis_id: TextColumn,
  sequence: z.number(),
  at_ms: z.number(),
  reader: TextColumn,
  action: TextColumn.pipe(z.enum(['edit', 'undo', 'redo'])),
  edit: TextColumn,
  before: TextColumn,
  after: TextColumn,
  model_sha256: TextColumn,
  imported: TextColumn.nullable(),
  hash: TextColumn,
});

/** @returns null for a row that is damaged */
export function eventRowOf(raw: SqlRow): ChainedEvent | null {
  const parsed = Row.safeParse(raw);
  if (!parsed.success) return null;
  const { analysis_id, at_ms, model_sha256, ...same } = parsed.data;
  return { ...same, analysisId: analysis_id, atMs: at_ms, modelSha256: model_sha256 };
}

/**
 * Follows the chain of one analysis.
 * @param from the sequence number and hash that `rows` go on from
 * @returns index of the first row that is damaged, changed or out of its place; -1 when all are as they were written
 */
export function brokenAt(
  rows: readonly (ChainedEvent | null)[],
  from: { sequence: number; hash: string } = { sequence: 0, hash: CHAIN_START },
): number {
  let { sequence, hash } = from;
  return rows.findIndex((row) => {
    if (row?.sequence !== sequence + 1 || row.hash !== chainHash(hash, row)) return true;
    ({ sequence, hash } = row);
    return false;
  });
}

/** What counts of an event for what stands. */
export type EventAct = Omit<ReviewEvent, 'before' | 'after' | 'modelSha256'>;

/** The act that a row tells, without what was before and after. @returns null where its JSON is not that of an act */
export function actOf(row: EventRow): EventAct | null {
  const { sequence, atMs, reader, action } = row;
  try {
    const edit = ReviewEdit.parse(JSON.parse(row.edit));
    const act = { sequence, atMs, reader, action, edit };
    if (row.imported === null) return act;
    return { ...act, imported: ImportMark.parse(JSON.parse(row.imported)) };
  } catch {
    return null;
  }
}

/** The event that a row tells. @returns null where its JSON is not that of an event */
export function reviewEventOf(row: EventRow): ReviewEvent | null {
  const act = actOf(row);
  if (!act) return null;
  try {
    const before: unknown = JSON.parse(row.before);
    const after: unknown = JSON.parse(row.after);
    return { ...act, before, after, modelSha256: row.modelSha256 };
  } catch {
    return null;
  }
}

/** Thrown where the trail of one analysis is not as it was written: it is not shown as a reader's decisions. */
export function damagedTrail(path: string, sequence: number): StoreFailure {
  const failure = errSaid('not-readable', 'failures.stepMissing', { step: sequence, path });
  return new StoreFailure(failure.error);
}

/** Thrown where the chain is whole and a step is of a kind that this version does not know. */
export function unknownStep(path: string, sequence: number): StoreFailure {
  const failure = errSaid('unsupported', 'failures.stepUnknown', { step: sequence, path });
  return new StoreFailure(failure.error);
}
