import { basename, dirname, extname } from 'node:path';
import { z } from 'zod';
import { recordingIdOf } from '../../base/recording-id';
import { asBytes, asNumbers, digestOf, TextColumn } from './columns';
import type { Database, SqlRow, SqlValue } from './sql';
import { listOf, type ListSource } from './list-pages';
import { mayBeDamaged, packedRows } from './packed-rows';
import type { StoredRecording } from './types';

export const RECORDING_COLUMNS = `${asBytes(
  'recording_id',
  'header_path',
  'name',
  'folder',
  'fingerprint',
  'content_hash',
  'digest',
)}, ${asNumbers('synthetic', 'opened_at_ms', 'listed')}`;

const RecordingRow = z.object({
  recording_id: TextColumn,
  header_path: TextColumn,
  name: TextColumn,
  folder: TextColumn,
  synthetic: z.number(),
  fingerprint: TextColumn.nullable(),
  content_hash: TextColumn.nullable(),
  opened_at_ms: z.number().nullable(),
  listed: z.number(),
  digest: TextColumn.nullable(),
});

/**
 * A recording as it was written. Of a damaged row the path is left: its id is a hash of it, so it proves itself, and
 * everything else is found again where it lies.
 * @returns null where not even the path can be trusted
 */
export function recordingOf(raw: SqlRow): StoredRecording | null {
  const parsed = RecordingRow.safeParse(raw);
  if (!parsed.success) return pathAlone(raw);
  const row = parsed.data;
  const recording = {
    recordingId: row.recording_id,
    path: row.header_path,
    name: row.name,
    folder: row.folder,
    synthetic: row.synthetic === 1,
    fingerprint: row.fingerprint,
    contentHash: row.content_hash,
    openedAtMs: row.opened_at_ms,
    listed: row.listed === 1,
  };
  return row.digest === null || row.digest === digestOf(valuesOf(recording))
    ? recording
    : pathAlone(raw);
}

const listed = packedRows({
  columns: [
    ...['rowid', 'recording_id', 'header_path', 'name', 'folder', 'synthetic', 'fingerprint'],
    ...['content_hash', 'opened_at_ms', 'listed', 'digest'],
  ],
  from: 'FROM recordings WHERE rowid <= ?',
});

/** Every recording as `recordingOf` reads it, in the order in which they came. */
export function recordingsToList(database: Database): ListSource<StoredRecording> {
  return listOf('recordings', listed, database, (row) => {
    const whole = wholeRecording(row);
    return { value: whole ?? readAlone(database, row), isWhole: whole !== null };
  });
}

/** @returns null where it is not what was written, or as an earlier version wrote it */
function wholeRecording(row: readonly (string | null)[]): StoredRecording | null {
  const [, recordingId, path, name, folder, synthetic, fingerprint, contentHash, ...last] = row;
  const [openedAtMs = null, isListed, digest] = last;
  const recording = {
    recordingId: recordingId ?? '',
    path: path ?? '',
    name: name ?? '',
    folder: folder ?? '',
    synthetic: synthetic === '1',
    fingerprint: fingerprint ?? null,
    contentHash: contentHash ?? null,
    openedAtMs: openedAtMs === null ? null : Number(openedAtMs),
    listed: isListed === '1',
  };
  return digest === digestOf(valuesOf(recording)) && !mayBeDamaged(row) ? recording : null;
}

function readAlone(
  database: Database,
  [rowid]: readonly (string | null)[],
): StoredRecording | null {
  const raw = database.get(`SELECT ${RECORDING_COLUMNS} FROM recordings WHERE rowid = ?`, [
    Number(rowid),
  ]);
  return raw ? recordingOf(raw) : null;
}

function pathAlone(raw: SqlRow): StoredRecording | null {
  const path = TextColumn.safeParse(raw['header_path']);
  const recordingId = TextColumn.safeParse(raw['recording_id']);
  if (!path.success || !recordingId.success) return null;
  if (recordingIdOf(path.data) !== recordingId.data) return null;
  return {
    recordingId: recordingId.data,
    path: path.data,
    name: basename(path.data, extname(path.data)),
    folder: basename(dirname(path.data)),
    synthetic: false,
    fingerprint: null,
    contentHash: null,
    openedAtMs: null,
    listed: true,
  };
}

function valuesOf(recording: StoredRecording): (string | number | null)[] {
  return [
    recording.recordingId,
    recording.path,
    recording.name,
    recording.folder,
    recording.synthetic ? 1 : 0,
    recording.fingerprint,
    recording.contentHash,
    recording.openedAtMs,
    recording.listed ? 1 : 0,
  ];
}

export function putRecordingRow(database: Database, recording: StoredRecording): void {
  const values: SqlValue[] = valuesOf(recording);
  database.run(
    // A row that was replaced would move to the end of the worklist whenever its recording is opened.
    `INSERT INTO recordings
       (recording_id, header_path, name, folder, synthetic, fingerprint, content_hash, opened_at_ms, listed, digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (recording_id) DO UPDATE SET
       header_path = excluded.header_path, name = excluded.name, folder = excluded.folder,
       synthetic = excluded.synthetic, fingerprint = excluded.fingerprint,
       content_hash = excluded.content_hash, opened_at_ms = excluded.opened_at_ms, listed = excluded.listed,
       digest = excluded.digest`,
    [...values, digestOf(valuesOf(recording))],
  );
}
