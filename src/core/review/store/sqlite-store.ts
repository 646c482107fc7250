import { join } from 'node:path';
import { z } from 'zod';
import { decode, encode } from '../../../shared/transport/codec';
import {
  AnalysisStatus,
  BeatColumns,
  ok,
  QualityColumns,
  RhythmEpisode,
  Segment,
  type Result,
} from '../../../shared/domain';
import type { Store, StoredAnalysis, StoredRecording } from './types';
import { createTrail, type Trail } from '../trail';
import { createSummaries } from './summaries';
import { openDatabase, type Database, type SqlRow } from './database';

export interface SqliteStore extends Store {
  readonly trail: Trail;
}

/** One file holds everything that Fiducial keeps: worklist, analyses, decisions, settings. */
export const STORE_FILE = 'fiducial.db';

/**
 * Opens the store of `dataDir`, creating folder and file when absent.
 * @returns `not-writable` or `unsupported`, as `openDatabase`
 */
export function openSqliteStore(dataDir: string): Result<SqliteStore> {
  const opened = openDatabase(join(dataDir, STORE_FILE));
  return opened.ok ? ok(createSqliteStore(opened.value)) : opened;
}

const StoredResult = z.object({
  segments: z.array(Segment),
  beats: BeatColumns,
  episodes: z.array(RhythmEpisode),
  attention: z
    .object({
      ends: z.instanceof(Uint32Array),
      offsetS: z.instanceof(Float32Array),
      share: z.instanceof(Float32Array),
    })
    .optional(),
  quality: QualityColumns.optional(),
  origin: z
    .object({
      durationS: z.number(),
      startClock: z.string().nullable(),
      findsBeats: z.boolean(),
      leads: QualityColumns.shape.leads,
    })
    .optional(),
});

function createSqliteStore(database: Database): SqliteStore {
  const trail = createTrail(database, { onAppend: (analysisId) => summaries.touch(analysisId) });
  const summaries = createSummaries(database, trail);

  let recordings = new Map<string, StoredRecording>();
  let recordingsVersion = -1;

  /** Kept, as a worklist of ten thousand is asked for again and again. */
  function allRecordings(): ReadonlyMap<string, StoredRecording> {
    const version = database.foreignVersion();
    if (version !== recordingsVersion) {
      const rows = database.all('SELECT * FROM recordings ORDER BY rowid').map(recordingOf);
      recordings = new Map(rows.map((recording) => [recording.recordingId, recording]));
      recordingsVersion = version;
    }
    return recordings;
  }

  return {
    trail,
    recordings: () => [...allRecordings().values()],
    recording(recordingId) {
      const row = database.get('SELECT * FROM recordings WHERE recording_id = ?', [recordingId]);
      return row ? recordingOf(row) : null;
    },
    putRecording(recording) {
      database.run(
        // A row that was replaced would move to the end of the worklist whenever its recording is opened.
        `INSERT INTO recordings
           (recording_id, header_path, name, folder, synthetic, fingerprint, content_hash, opened_at_ms, listed)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (recording_id) DO UPDATE SET
           header_path = excluded.header_path, name = excluded.name, folder = excluded.folder,
           synthetic = excluded.synthetic, fingerprint = excluded.fingerprint,
           content_hash = excluded.content_hash, opened_at_ms = excluded.opened_at_ms, listed = excluded.listed`,
        [
          recording.recordingId,
          recording.path,
          recording.name,
          recording.folder,
          recording.synthetic ? 1 : 0,
          recording.fingerprint,
          recording.contentHash,
          recording.openedAtMs,
          recording.listed ? 1 : 0,
        ],
      );
      recordings.set(recording.recordingId, recording);
    },
    analysis(analysisId) {
      const row = database.get('SELECT * FROM analyses WHERE analysis_id = ?', [analysisId]);
      return row ? analysisOf(row) : null;
    },
    putAnalysis({ analysisId, key, modelId, status, result }) {
      const flagged = result.segments.filter((segment) => segment.verdict === 'Abnormal');
      database.run(
        `INSERT OR REPLACE INTO analyses
           (analysis_id, content_hash, model_id, model_sha256, parameters, created_ms, status, flagged_segments, result)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          analysisId,
          key.contentHash,
          modelId,
          key.modelSha256,
          key.parameters,
          Date.now(),
          JSON.stringify(status),
          JSON.stringify(flagged.map((segment) => segment.index)),
          Buffer.from(encode(result)),
        ],
      );
      summaries.touch(analysisId);
    },
    analysesOf: (contentHash) => summaries.ofContent(contentHash),
    latestAnalyses: () => summaries.latest(),
    putCounts(analysisId, { sequence, flagged, decided, needReader }) {
      database.run(
        `INSERT OR REPLACE INTO review_counts (analysis_id, sequence, flagged, decided, need_reader)
         VALUES (?, ?, ?, ?, ?)`,
        [analysisId, sequence, flagged, decided, needReader],
      );
      summaries.touch(analysisId);
    },
    settings() {
      const row = database.get("SELECT value FROM settings WHERE key = 'settings'");
      // Whoever reads them falls back field by field: one value of an earlier version costs no other.
      return row ? jsonObject(String(row['value'])) : {};
    },
    putSettings(settings) {
      database.run("INSERT OR REPLACE INTO settings (key, value) VALUES ('settings', ?)", [
        JSON.stringify(settings),
      ]);
    },
    close: () => database.close(),
  };
}

const RecordingRow = z.object({
  recording_id: z.string(),
  header_path: z.string(),
  name: z.string(),
  folder: z.string(),
  synthetic: z.number(),
  fingerprint: z.string().nullable(),
  content_hash: z.string().nullable(),
  opened_at_ms: z.number().nullable(),
  listed: z.number(),
});

function recordingOf(raw: SqlRow): StoredRecording {
  const row = RecordingRow.parse(raw);
  return {
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
}

const AnalysisRow = z.object({
  analysis_id: z.string(),
  content_hash: z.string(),
  model_id: z.string(),
  model_sha256: z.string(),
  parameters: z.string(),
  status: z.string(),
  result: z.instanceof(Uint8Array),
});

function analysisOf(raw: SqlRow): StoredAnalysis {
  const row = AnalysisRow.parse(raw);
  return {
    analysisId: row.analysis_id,
    key: {
      contentHash: row.content_hash,
      modelSha256: row.model_sha256,
      parameters: row.parameters,
    },
    modelId: row.model_id,
    status: AnalysisStatus.parse(JSON.parse(row.status)),
    result: StoredResult.parse(decode(row.result)),
  };
}

/** A JSON object, or an empty one where a damaged row holds something else. */
function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
