import { statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { isOwnDirectory } from '../../base/data-dir';
import { makePrivateFile, makePrivateFolder, OWNER_ONLY_FILE } from '../../base/private-files';
import { MIGRATIONS } from './migrations';
import type { Database, SqlRow } from './sql';
import {
  isDamage,
  isFullOrFailing,
  isReadOnly,
  isRefusedByDisk,
  StoreFailure,
  storeFailure,
  storeResult,
} from './store-failure';
import { STORE_FILE, SUSPECT_FILE } from './store-files';

/** The library ends the process at a text that is not UTF-8, which a damaged name may be. */
const QUICK_CHECK = 'SELECT CAST(quick_check AS BLOB) AS problem FROM pragma_quick_check';
/** The same, and whether the indexes lead to the rows (https://www.sqlite.org/pragma.html#pragma_integrity_check). */
const WHOLE_CHECK = 'SELECT CAST(integrity_check AS BLOB) AS problem FROM pragma_integrity_check';
/** Longest that this thread, which answers others too, waits for the lock of another process: see `retryStore`. */
const BUSY_MS = 100;
/** The same while a store is opened, which two processes may do at once. */
const OPENING_BUSY_MS = 5000;
/** So long after the last write what lies in the write-ahead log is brought into the file itself. */
const CHECKPOINT_AFTER_MS = 2000;
/** What changes rows, as against what no transaction may hold. */
const CHANGE = /^\s*(INSERT|UPDATE|DELETE)\b/i;
/** Longest that closing waits for another process that reads from the log. */
const CLOSE_BUSY_MS = 500;

/**
 * Opens (or creates) the store and brings its schema up to date.
 * WAL with `synchronous = FULL`: a commit that returned survives a killed process and a power cut
 * (https://www.sqlite.org/pragma.html#pragma_synchronous). A store that cannot be written, on a read-only or full disk,
 * is opened for reading alone: every change is then refused.
 * @returns `not-writable` when the file cannot be opened, `unsupported` when a newer Fiducial wrote it
 */
export function openDatabase(path: string): Result<Database> {
  const connected = connectStore(path);
  return connected.ok ? bringUpToDate(connected.value) : connected;
}

/**
 * Opens (or creates) the store as it is.
 * @returns `not-readable` where SQLite cannot even begin to read it, else as `openDatabase`
 */
export function connectStore(path: string): Result<Database> {
  try {
    makePrivateFolder(dirname(path), isOwnDirectory(dirname(path)));
    // The log and its index get the modes of the file.
    makePrivateFile(path);
    return ok(connect(path));
  } catch (cause) {
    const readable = connectForReading(path, cause);
    if (readable) return ok(readable);
    const failure = storeFailure(path, cause);
    if (failure instanceof StoreFailure) return { ok: false, error: failure.failure };
    return errSaid('not-writable', 'files.storeCannotOpen', {
      path,
      why: (cause as Error).message,
    });
  }
}

/** Brings the schema up to date. @returns `unsupported` when a newer Fiducial wrote the store; it is then closed */
export function bringUpToDate(database: Database): Result<Database> {
  const migrated = storeResult(() => migrate(database, database.path));
  if (migrated.ok) {
    database.waitAtMost(BUSY_MS);
    return ok(database);
  }
  database.close();
  return migrated;
}

/**
 * The same of a store whose disk takes no log: as it lies there, which nobody can change then
 * (https://www.sqlite.org/uri.html#uriimmutable). @returns null where that is not why, or a log has what the file lacks
 */
function connectForReading(path: string, cause: unknown): Database | null {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (!isRefusedByDisk(cause) || hasLog || size === 0) return null;
  try {
    const connection = new Libsql(`${pathToFileURL(path).href}?immutable=1`);
    const database = wrap(connection, path, cause);
    database.get('SELECT 1 FROM sqlite_schema');
    return database;
  } catch {
    return null;
  }
}

function connect(path: string): Database {
  const connection = new Libsql(path);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma(`busy_timeout = ${OPENING_BUSY_MS}`);
  connection.pragma('foreign_keys = ON');
  return wrap(connection, path);
}

/** @param refused why the file is open for reading alone: what no change can be made for */
function wrap(
  connection: InstanceType<typeof Libsql>,
  path: string,
  refused: unknown = null,
): Database {
  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (isDamage(cause)) markSuspect(path, cause);
      const why =
        isReadOnly(cause) && isFullOrFailing(refused) ? storeFailure(path, refused) : null;
      throw why instanceof StoreFailure ? why : storeFailure(path, cause);
    }
  }
  const statements = new Map<string, ReturnType<typeof connection.prepare>>();
  const prepare = (sql: string): ReturnType<typeof connection.prepare> => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  let checkpoint: NodeJS.Timeout | undefined;
  let inTransaction = false;
  /** What is copied or backed up is the one file: a store that holds nothing but a log beside it would lose all. */
  const written = (): void => {
    clearTimeout(checkpoint);
    // PASSIVE waits for nobody and holds nobody up (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint).
    checkpoint = setTimeout(() => bringIn(connection, 'PASSIVE'), CHECKPOINT_AFTER_MS);
    checkpoint.unref();
  };
  function inOne<T>(work: () => T): T {
    connection.exec('BEGIN IMMEDIATE');
    inTransaction = true;
    try {
      const value = work();
      connection.exec('COMMIT');
      return value;
    } catch (cause) {
      rollBack(connection);
      throw cause;
    } finally {
      inTransaction = false;
      written();
    }
  }
  // Parameters always travel as one array: libsql 0.5 aborts the process on a lone Buffer or null.
  const database: Database = {
    path,
    all: (sql, parameters = []) => guarded(() => prepare(sql).all([...parameters]) as SqlRow[]),
    get: (sql, parameters = []) =>
      guarded(() => prepare(sql).get([...parameters]) as SqlRow | undefined),
    run(sql, parameters = []) {
      const change = (): void => void guarded(() => prepare(sql).run([...parameters]));
      // Refused as it begins, it would stay under way in the SQL library, and nothing after it could be committed.
      if (!inTransaction && CHANGE.test(sql)) return database.transaction(change);
      change();
      if (!inTransaction) written();
    },
    foreignVersion: () =>
      guarded(() => {
        const row = prepare('PRAGMA data_version').get([]) as SqlRow;
        return Number(row['data_version']);
      }),
    transaction: (work, isLasting = true) =>
      guarded(() => {
        if (isLasting) return inOne(work);
        connection.pragma('synchronous = NORMAL');
        try {
          return inOne(work);
        } finally {
          connection.pragma('synchronous = FULL');
        }
      }),
    problems(how = 'quick') {
      try {
        const rows = prepare(how === 'quick' ? QUICK_CHECK : WHOLE_CHECK).all([]) as SqlRow[];
        const found = rows.map((row) => Buffer.from(row['problem'] as Uint8Array).toString());
        return found.filter((problem) => problem !== 'ok');
      } catch (cause) {
        return [cause instanceof Error ? cause.message : String(cause)];
      }
    },
    waitAtMost: (ms) => void connection.pragma(`busy_timeout = ${ms}`),
    isAlone: () => canLock(connection),
    close() {
      clearTimeout(checkpoint);
      statements.clear();
      // Closing alone leaves the log as it is: libsql keeps prepared statements open until they are collected.
      connection.pragma(`busy_timeout = ${CLOSE_BUSY_MS}`);
      bringIn(connection, 'TRUNCATE');
      connection.close();
    },
  };
  return database;
}

/** Whether the file can be locked against every other connection; it then stays so. */
function canLock(connection: InstanceType<typeof Libsql>): boolean {
  try {
    connection.pragma('busy_timeout = 0');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE');
    connection.exec('ROLLBACK');
    return true;
  } catch (cause) {
    return !String((cause as { code?: unknown }).code).startsWith('SQLITE_BUSY');
  }
}

/** What was damaged under way is looked at whole, and mended, at the next start. */
function markSuspect(path: string, cause: unknown): void {
  if (basename(path) !== STORE_FILE) return;
  try {
    const text = `${(cause as Error).message}\n`;
    writeFileSync(join(dirname(path), SUSPECT_FILE), text, { mode: OWNER_ONLY_FILE });
  } catch {
    // On a disk that takes nothing there is nothing to be mended.
  }
}

function rollBack(connection: InstanceType<typeof Libsql>): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // SQLite has done it itself, as after a full disk (https://www.sqlite.org/lang_transaction.html).
  }
}

/** Brings the log into the file, as far as other connections let it; whatever stays behind is safe where it is. */
function bringIn(connection: InstanceType<typeof Libsql>, mode: 'PASSIVE' | 'TRUNCATE'): void {
  try {
    connection.pragma(`wal_checkpoint(${mode})`);
  } catch {
    // A full disk, or a file that somebody else holds: the next write or start tries again.
  }
}

/** Applies the migrations that the file has not seen, each in a transaction with its version number. */
function migrate(database: Database, path: string): Result<void> {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    return errSaid('unsupported', 'files.storeNewer', { path, version, own: MIGRATIONS.length });
  }
  for (let next = version; next < MIGRATIONS.length; next++) {
    database.transaction(() => {
      // Another process may have migrated while we waited for the lock.
      const now = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
      if (now > next) return;
      for (const step of MIGRATIONS[next]!) {
        if (typeof step === 'string') database.run(step);
        else step(database);
      }
      database.run(`PRAGMA user_version = ${next + 1}`);
    });
  }
  return ok(undefined);
}
