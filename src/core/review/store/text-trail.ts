import { closeSync, existsSync, fstatSync, openSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Failure } from '../../../shared/domain';
import { writeFailure } from '../../base/file-failure';
import type { Database } from './sql';
import { EVENT_COLUMNS, eventRowOf, type ChainedEvent } from './event-rows';
import { StoreFailure } from './store-failure';
import { lastLine, linesOf } from '../../base/text-lines';

/**
 * Every event of the store as a line of JSON in a file that is only ever appended to: whatever happens to the store,
 * what readers decided can be read by eye and the store be rebuilt from it. The store is what counts; the text follows
 * it, and is brought up to it where it could not (a full disk, a process that was killed).
 */
export interface TextTrail {
  /** Appends what the store holds and the text does not. @returns why it could not, null when it could */
  follow(): Failure | null;
}

/** Events read at a time. */
const BATCH = 1000;

export function createTextTrail(database: Database, path: string): TextTrail {
  /** How long the file was when it held the store up to an event. */
  let known: { size: number; position: number } | null = null;

  function appendMissing(): void {
    const file = openSync(path, 'a+', 0o600);
    try {
      const { size } = fstatSync(file);
      if (known?.size !== size) {
        const { line, isTorn } = lastLine(file);
        if (isTorn) writeSync(file, '\n');
        const position = heldUpTo(database, textEventOf(line));
        if (position === null) appendOthers(database, file, path);
        known = { size: 0, position: position ?? lastPosition(database) };
      }
      for (const { rows, upTo } of eventsAfter(database, known.position)) {
        writeAll(file, rows.map(textLine).join(''));
        known = { size: known.size, position: upTo };
      }
      known = { size: fstatSync(file).size, position: known.position };
    } finally {
      closeSync(file);
    }
  }

  return {
    follow() {
      try {
        // Under the store's lock, so that two processes do not write the same line.
        database.transaction(appendMissing);
        return null;
      } catch (cause) {
        known = null;
        if (cause instanceof StoreFailure) return cause.failure;
        return writeFailure(path, cause).error;
      }
    },
  };
}

/** The position up to which a text that ends with `event` holds the store; null where the store knows it as another one. */
export function heldUpTo(database: Database, event: ChainedEvent | null): number | null {
  if (!event) return lastPosition(database) === 0 ? 0 : null;
  const row = database.get(`SELECT ${EVENT_COLUMNS} FROM review_events WHERE position = ?`, [
    event.position,
  ]);
  return row && eventRowOf(row)?.hash === event.hash ? event.position : null;
}

/** For a text that is of another history than the store: what it lacks, and at its end the store's last event. */
function appendOthers(database: Database, file: number, path: string): void {
  const held = new Set([...textEvents(path)].map(({ hash }) => hash));
  const end = lastPosition(database);
  for (const { rows } of eventsAfter(database, 0)) {
    const missing = rows.filter(({ hash, position }) => !held.has(hash) || position === end);
    writeAll(file, missing.map(textLine).join(''));
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += writeSync(file, bytes, written);
  }
}

function lastPosition(database: Database): number {
  const row = database.get('SELECT coalesce(max(position), 0) AS position FROM review_events');
  return Number(row?.['position']);
}

/** Events after a position in the order of the store, some at a time; a damaged one is left out. */
export function* eventsAfter(
  database: Database,
  after: number,
): Generator<{ rows: ChainedEvent[]; upTo: number }> {
  for (let upTo = after; ;) {
    const raw = database.all(
      `SELECT ${EVENT_COLUMNS} FROM review_events WHERE position > ? ORDER BY position LIMIT ${BATCH}`,
      [upTo],
    );
    if (raw.length === 0) return;
    const last = Number(raw.at(-1)!['position']);
    // A damaged tree may lead back, and so round for ever.
    if (!(last > upTo)) return;
    upTo = last;
    yield { rows: raw.map(eventRowOf).filter((row) => row !== null), upTo };
  }
}

/** An event as a line with its end; nothing for one that is damaged. */
export function textLine({ edit, before, after, imported, ...row }: ChainedEvent): string {
  try {
    const content = {
      ...row,
      edit: JSON.parse(edit) as unknown,
      before: JSON.parse(before) as unknown,
      after: JSON.parse(after) as unknown,
      ...(imported === null ? {} : { imported: JSON.parse(imported) as unknown }),
    };
    return `${JSON.stringify(content)}\n`;
  } catch {
    return '';
  }
}

const Line = z.object({
  position: z.int(),
  analysisId: z.string(),
  sequence: z.int(),
  atMs: z.number(),
  reader: z.string(),
  action: z.enum(['edit', 'undo', 'redo']),
  modelSha256: z.string(),
  edit: z.unknown(),
  before: z.unknown(),
  after: z.unknown(),
  imported: z.unknown().optional(),
  hash: z.string(),
});

/** @returns null for a line that is not an event */
function textEventOf(line: string): ChainedEvent | null {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = Line.safeParse(content);
  if (!parsed.success) return null;
  const { edit, before, after, imported, ...row } = parsed.data;
  return {
    ...row,
    edit: JSON.stringify(edit ?? null),
    before: JSON.stringify(before ?? null),
    after: JSON.stringify(after ?? null),
    imported: imported === undefined ? null : JSON.stringify(imported),
  };
}

/** The events of a text, in its order; lines that are none are left out. Empty where there is no such file. */
export function* textEvents(path: string): Generator<ChainedEvent> {
  if (!existsSync(path)) return;
  for (const line of linesOf(path)) {
    const event = textEventOf(line);
    if (event) yield event;
  }
}

/** The last event of a text; null where it has none or is not there. */
export function lastTextEvent(path: string): ChainedEvent | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  try {
    return textEventOf(lastLine(file).line);
  } finally {
    closeSync(file);
  }
}
