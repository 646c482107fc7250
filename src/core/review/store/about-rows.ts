import { RecordingAbout } from '../../../shared/domain';
import { TextColumn } from './columns';
import type { Database, SqlRow } from './sql';
import { listOf, type ListPages, type ListSource } from './list-pages';
import { mayBeDamaged, packedRows } from './packed-rows';

const batches = packedRows({
  columns: ['rowid', 'recording_id', 'about'],
  from: 'FROM recording_abouts WHERE rowid <= ?',
});

interface About {
  readonly recordingId: string;
  readonly about: RecordingAbout;
}

export function aboutsToList(database: Database): ListSource<About> {
  return listOf('recording_abouts', batches, database, (row) => {
    const [, recordingId, text] = row;
    const about = mayBeDamaged(row) ? null : shapedAbout(text ?? null);
    // A line that cannot be read is written again when its recording is opened.
    return recordingId && about
      ? { value: { recordingId, about }, isWhole: true }
      : { value: null, isWhole: false };
  });
}

/** What the worklist says of recordings without opening them: read once, and again when another process has written. */
export function createAbouts(database: Database, pages: ListPages) {
  const source = aboutsToList(database);
  let kept: Map<string, RecordingAbout> | null = null;
  let keptVersion = -1;

  function all(): Map<string, RecordingAbout> {
    const version = database.foreignVersion();
    if (kept && version === keptVersion) return kept;
    const read = new Map<string, RecordingAbout>();
    for (const { recordingId, about } of pages.all(source)) read.set(recordingId, about);
    [kept, keptVersion] = [read, version];
    return read;
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
  const about = shapedAbout(TextColumn.safeParse(row['about']).data ?? null);
  return recordingId.success && about ? [recordingId.data, about] : null;
}

export function putAboutRow(database: Database, recordingId: string, about: RecordingAbout): void {
  database.run('INSERT OR REPLACE INTO recording_abouts (recording_id, about) VALUES (?, ?)', [
    recordingId,
    JSON.stringify(about),
  ]);
}

function shapedAbout(text: string | null): RecordingAbout | null {
  return RecordingAbout.safeParse(jsonOf(text)).data ?? null;
}

/** The value of a text of JSON; null where it is none. */
export function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
