import { z } from 'zod';
import { ok, Said, type ErrorCode, type Failure } from '../../../shared/domain';
import { jsonOf } from './about-rows';
import { asBytes, TextColumn } from './columns';
import type { Database } from './sql';
import { storeResult } from './store-failure';

/** Why a recording cannot be read: what its row of the worklist says. */
export type Unread = Pick<Failure, 'message' | 'said'>;

const Unread = z.object({ message: z.string(), said: Said.optional() });

/** What says nothing of the files: the next start may find it otherwise. */
const OF_THE_MOMENT: ReadonlySet<ErrorCode> = new Set([
  ...(['not-writable', 'bad-input', 'bad-model', 'cancelled'] as const),
  ...(['inference-failed', 'busy', 'conflict', 'forbidden'] as const),
]);

/** Recordings that could not be read when they were last tried: read once, and again when another process has written. */
export function createUnread(database: Database) {
  let kept: Map<string, Unread> | null = null;
  let keptVersion = -1;

  function all(): Map<string, Unread> {
    const version = database.foreignVersion();
    if (kept && version === keptVersion) return kept;
    const read = new Map<string, Unread>();
    const rows = storeResult(() =>
      ok(database.all(`SELECT ${asBytes('recording_id', 'failure')} FROM unread_recordings`)),
    );
    for (const row of rows.ok ? rows.value : []) {
      const recordingId = TextColumn.safeParse(row['recording_id']);
      const unread = Unread.safeParse(jsonOf(TextColumn.safeParse(row['failure']).data ?? null));
      if (!recordingId.success || !unread.success) continue;
      const { message, said } = unread.data;
      read.set(recordingId.data, said ? { message, said } : { message });
    }
    [kept, keptVersion] = [read, version];
    return read;
  }

  return {
    all: (): ReadonlyMap<string, Unread> => all(),
    put(recordingId: string, failure: Failure | null): void {
      if (failure && OF_THE_MOMENT.has(failure.code)) return;
      if (!failure) {
        if (!all().delete(recordingId)) return;
        database.run('DELETE FROM unread_recordings WHERE recording_id = ?', [recordingId]);
        return;
      }
      const { message, said } = failure;
      const unread: Unread = said ? { message, said } : { message };
      all().set(recordingId, unread);
      database.run(
        'INSERT OR REPLACE INTO unread_recordings (recording_id, failure) VALUES (?, ?)',
        [recordingId, JSON.stringify(unread)],
      );
    },
  };
}
