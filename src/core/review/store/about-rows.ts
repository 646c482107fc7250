import { RecordingAbout } from '../../../shared/domain';
import { asBytes, TextColumn } from './columns';
import type { Database, SqlRow } from './database';

/** What the worklist says of recordings without opening them: read once, and again when another process has written. */
export function createAbouts(database: Database) {
  let kept: Map<string, RecordingAbout> | null = null;
  let keptVersion = -1;

  function all(): Map<string, RecordingAbout> {
    const version = database.foreignVersion();
    if (kept && version === keptVersion) return kept;
    kept = new Map();
    keptVersion = version;
    const rows = database.all(`SELECT ${asBytes('recording_id', 'about')} FROM recording_abouts`);
    for (const row of rows) {
      const known = aboutOf(row);
      // A line that cannot be read is written again when its recording is opened.
      if (known) kept.set(...known);
    }
    return kept;
  }

  return {
    all: (): ReadonlyMap<string, RecordingAbout> => all(),
    put(recordingId: string, about: RecordingAbout): void {
      const text = JSON.stringify(about);
      if (JSON.stringify(all().get(recordingId)) === text) return;
      putAboutRow(database, recordingId, about);
      all().set(recordingId, about);
    },
  };
}

/** The recording that a row is of, and what it says. @returns null for a row that cannot be read */
export function aboutOf(row: SqlRow): [string, RecordingAbout] | null {
  const recordingId = TextColumn.safeParse(row['recording_id']);
  const about = RecordingAbout.safeParse(jsonOf(row['about']));
  return recordingId.success && about.success ? [recordingId.data, about.data] : null;
}

export function putAboutRow(database: Database, recordingId: string, about: RecordingAbout): void {
  database.run('INSERT OR REPLACE INTO recording_abouts (recording_id, about) VALUES (?, ?)', [
    recordingId,
    JSON.stringify(about),
  ]);
}

/** The value of a column of JSON that was selected by `asBytes`; null where it is none. */
export function jsonOf(column: unknown): unknown {
  try {
    return JSON.parse(TextColumn.parse(column));
  } catch {
    return null;
  }
}
