import type { RecordingAbout } from '../../../shared/domain';
import type { StoredRecording } from './types';
import { ANALYSIS_COLUMNS, analysisOf, type Trust } from './analysis-rows';
import { isDamage } from './store-failure';
import type { Database, SqlRow } from './sql';
import { EVENT_COLUMNS, eventRowOf, type ChainedEvent } from './event-rows';
import { rawRows, type RawRow } from './raw-rows';
import { RECORDING_COLUMNS, recordingOf } from './recording-rows';
import { aboutOf } from './about-rows';
import { asBytes } from './columns';
import { SIGNED_REPORT_COLUMNS, signedReportOf, type SignedReport } from './signed-report-rows';

/** What can be read of a damaged store. Where a row was found twice, the first counts. */
export interface Salvage {
  /** What the analyses among it are believed by. */
  readonly trust: Trust;
  recording(recording: StoredRecording, rowid: number): void;
  /** A row whose content is what was written. */
  analysis(row: SqlRow): void;
  event(event: ChainedEvent): void;
  setting(row: SqlRow): void;
  about(recordingId: string, about: RecordingAbout): void;
  signedReport(report: SignedReport): void;
}

/** Columns in the order in which a row has them; rows of earlier versions have fewer. */
const TABLES = {
  recordings: {
    columns: [
      ...['recording_id', 'header_path', 'name', 'folder', 'synthetic', 'fingerprint'],
      ...['content_hash', 'opened_at_ms', 'listed', 'digest'],
    ],
    select: RECORDING_COLUMNS,
  },
  analyses: {
    columns: [
      ...['analysis_id', 'content_hash', 'model_id', 'model_sha256', 'parameters', 'created_ms'],
      ...['status', 'flagged_segments', 'result', 'digest'],
    ],
    select: `${ANALYSIS_COLUMNS}, CAST(created_ms AS INTEGER) AS created_ms`,
  },
  review_events: {
    columns: [
      ...['position', 'analysis_id', 'sequence', 'at_ms', 'reader', 'action', 'edit', 'before'],
      ...['after', 'model_sha256', 'imported', 'hash'],
    ],
    select: EVENT_COLUMNS,
  },
  settings: { columns: ['key', 'value'], select: asBytes('key', 'value') },
  recording_abouts: {
    columns: ['recording_id', 'about'],
    select: asBytes('recording_id', 'about'),
  },
  signed_reports: {
    columns: ['analysis_id', 'version', 'pdf', 'digest'],
    select: SIGNED_REPORT_COLUMNS,
  },
} as const;
type Table = keyof typeof TABLES;
/** Tables that a repair carries over, row by row. */
export const CARRIED = Object.keys(TABLES) as Table[];
/**
 * Tables that are made anew: counts and pages of lists when the worklist is asked for, checkpoints with the next step of a
 * trail, why a recording cannot be read when it is tried again.
 */
export const DERIVED = ['list_pages', 'review_counts', 'trail_checkpoints', 'unread_recordings'];

/** Signed reports in the pages of a file that is not opened: a backup stays as it is. */
export function* signedReportsIn(path: string): Generator<SignedReport> {
  for (const row of rawRows(path)) {
    const named = namedRow('signed_reports', row);
    const report = named && signedReportOf(named);
    if (report) yield report;
  }
}

/**
 * Hands over what a store still holds: row by row as SQLite finds them, then what lies in its pages besides.
 * @param database null where SQLite refuses the file altogether
 */
export function salvage(database: Database | null, path: string, found: Salvage): void {
  if (database) {
    for (const table of CARRIED) readTable(database, table, found);
  }
  for (const row of rawRows(path)) {
    for (const table of CARRIED) {
      const named = namedRow(table, row);
      if (named) give(table, named, row.rowid, found);
    }
  }
}

function readTable(database: Database, table: Table, found: Salvage): void {
  const sql = `SELECT rowid AS row, ${TABLES[table].select} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1`;
  try {
    for (let rowid = 0; ;) {
      const row = database.get(sql, [rowid]);
      if (!row) return;
      const next = Number(row['row']);
      // A damaged tree may lead back, and so round for ever.
      if (!(next > rowid)) return;
      rowid = next;
      give(table, row, rowid, found);
    }
  } catch (cause) {
    // What comes after is found in the pages; so is all of a table that the schema has lost.
    if (!isDamage(cause) && !/no such (table|column)/.test(String(cause))) throw cause;
  }
}

/** @returns null for a row that is not of this table */
function namedRow(table: Table, { rowid, values }: RawRow): SqlRow | null {
  const { columns } = TABLES[table];
  const isShort = values.length === columns.length - 1 && columns.at(-1) === 'digest';
  if (values.length !== columns.length && !isShort) return null;
  const entries = columns.map((column, i) => [column, values[i] ?? null] as const);
  const row: SqlRow = Object.fromEntries(entries);
  // The number of a row is not stored a second time.
  return table === 'review_events' ? { ...row, position: rowid } : row;
}

function give(table: Table, row: SqlRow, rowid: number, found: Salvage): void {
  if (table === 'recordings') {
    const recording = recordingOf(row);
    if (recording) found.recording(recording, rowid);
  } else if (table === 'analyses') {
    if (analysisOf(row, found.trust)) found.analysis(row);
  } else if (table === 'review_events') {
    const event = eventRowOf(row);
    if (event) found.event(event);
  } else if (table === 'signed_reports') {
    const report = signedReportOf(row);
    if (report) found.signedReport(report);
  } else if (table === 'recording_abouts') {
    const known = aboutOf(row);
    if (known) found.about(...known);
  } else found.setting(row);
}
