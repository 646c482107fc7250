import type { Database } from './sql';
import { chainOldEvents } from './chain-old-events';
import { LIST_PAGE_TRIGGERS } from './list-pages';

/** A statement, or what no statement can do. */
type Step = string | ((database: Database) => void);

/**
 * Schema changes in order; the position in this list is the version they lead to. A released entry is never
 * edited: a change of mind is a new entry.
 */
export const MIGRATIONS: readonly (readonly Step[])[] = [
  [
    // One row per path a recording was seen at. fingerprint (sizes and times of its files) tells a changed
    // file without hashing it again.
    `CREATE TABLE recordings (
       recording_id TEXT PRIMARY KEY,
       header_path TEXT NOT NULL,
       name TEXT NOT NULL,
       folder TEXT NOT NULL,
       synthetic INTEGER NOT NULL,
       fingerprint TEXT,
       content_hash TEXT,
       opened_at_ms INTEGER,
       listed INTEGER NOT NULL
     ) STRICT`,
    `CREATE TABLE analyses (
       analysis_id TEXT PRIMARY KEY,
       content_hash TEXT NOT NULL,
       model_id TEXT NOT NULL,
       model_sha256 TEXT NOT NULL,
       parameters TEXT NOT NULL,
       created_ms INTEGER NOT NULL,
       status TEXT NOT NULL,
       flagged_segments TEXT NOT NULL,
       result BLOB NOT NULL
     ) STRICT`,
    `CREATE INDEX analyses_by_content ON analyses (content_hash, created_ms)`,
    `CREATE TABLE review_events (
       analysis_id TEXT NOT NULL,
       sequence INTEGER NOT NULL,
       at_ms INTEGER NOT NULL,
       reader TEXT NOT NULL,
       action TEXT NOT NULL CHECK (action IN ('edit', 'undo', 'redo')),
       edit TEXT NOT NULL,
       before TEXT NOT NULL,
       after TEXT NOT NULL,
       model_sha256 TEXT NOT NULL,
       PRIMARY KEY (analysis_id, sequence)
     ) STRICT`,
    // The trail is append-only for every program that opens the file, not only for ours.
    `CREATE TRIGGER review_events_keep BEFORE UPDATE ON review_events
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
    `CREATE TRIGGER review_events_stay BEFORE DELETE ON review_events
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
    `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
  ],
  [
    // What the worklist says of an analysis, as of the event `sequence` of its trail. Derived, so that a list of ten
    // thousand replays nothing; a row that is behind its trail is not believed.
    `CREATE TABLE review_counts (
       analysis_id TEXT PRIMARY KEY,
       sequence INTEGER NOT NULL,
       flagged INTEGER NOT NULL,
       decided INTEGER NOT NULL,
       need_reader INTEGER NOT NULL
     ) STRICT`,
  ],
  [
    // `position` counts the events of the whole store without a gap, `hash` chains those of an analysis: what is
    // missing or was changed in the file shows. See `event-rows`.
    'DROP TRIGGER review_events_keep',
    'DROP TRIGGER review_events_stay',
    'ALTER TABLE review_events RENAME TO unchained_events',
    `CREATE TABLE review_events (
       position INTEGER PRIMARY KEY,
       analysis_id TEXT NOT NULL,
       sequence INTEGER NOT NULL,
       at_ms INTEGER NOT NULL,
       reader TEXT NOT NULL,
       action TEXT NOT NULL CHECK (action IN ('edit', 'undo', 'redo')),
       edit TEXT NOT NULL,
       before TEXT NOT NULL,
       after TEXT NOT NULL,
       model_sha256 TEXT NOT NULL,
       imported TEXT,
       hash TEXT NOT NULL,
       UNIQUE (analysis_id, sequence)
     ) STRICT`,
    chainOldEvents,
    'DROP TABLE unchained_events',
    `CREATE TRIGGER review_events_keep BEFORE UPDATE ON review_events
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
    `CREATE TRIGGER review_events_stay BEFORE DELETE ON review_events
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
    // SHA-256 over the other columns; null in rows of earlier versions.
    'ALTER TABLE recordings ADD COLUMN digest TEXT',
    'ALTER TABLE analyses ADD COLUMN digest TEXT',
  ],
  [
    // The worklist's line of a recording: derived, like the counts, and believed only as far as it can be read.
    'ALTER TABLE review_counts ADD COLUMN figures TEXT',
    `CREATE TABLE recording_abouts (
       recording_id TEXT PRIMARY KEY,
       about TEXT NOT NULL
     ) STRICT`,
  ],
  [
    // Signed reports as they were printed, by their version: what was final once is never written anew.
    `CREATE TABLE signed_reports (
       analysis_id TEXT NOT NULL,
       version INTEGER NOT NULL,
       pdf BLOB NOT NULL,
       PRIMARY KEY (analysis_id, version)
     ) STRICT`,
    `CREATE TRIGGER signed_reports_keep BEFORE UPDATE ON signed_reports
       BEGIN SELECT RAISE(ABORT, 'a signed report stays as it is'); END`,
    `CREATE TRIGGER signed_reports_stay BEFORE DELETE ON signed_reports
       BEGIN SELECT RAISE(ABORT, 'a signed report stays as it is'); END`,
  ],
  // SHA-256 over the other columns; null in rows of earlier versions.
  ['ALTER TABLE signed_reports ADD COLUMN digest TEXT'],
  [
    // What stands of a long trail as of one of its events, so that a start replays those after it. Derived: one that is not
    // as it was written, or belongs to another event, is not read.
    `CREATE TABLE trail_checkpoints (
       analysis_id TEXT PRIMARY KEY,
       sequence INTEGER NOT NULL,
       hash TEXT NOT NULL,
       fold TEXT NOT NULL,
       digest TEXT NOT NULL
     ) STRICT`,
  ],
  [
    // Rows of the worklist as pages of JSON, and what takes away the page of a row that changes. Derived: see `list-pages`.
    `CREATE TABLE list_pages (
       source TEXT NOT NULL,
       page INTEGER NOT NULL,
       body BLOB NOT NULL,
       digest TEXT NOT NULL,
       PRIMARY KEY (source, page)
     ) STRICT, WITHOUT ROWID`,
    ...LIST_PAGE_TRIGGERS,
  ],
  [
    // Why a recording could not be read, until it can: what a scan of the command line met, the worklist says. Derived, and
    // believed only as far as it can be read.
    `CREATE TABLE unread_recordings (
       recording_id TEXT PRIMARY KEY,
       failure TEXT NOT NULL
     ) STRICT`,
  ],
];
