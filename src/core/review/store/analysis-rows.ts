import { z } from 'zod';
import {
  AnalysisStatus,
  BeatColumns,
  isFlagged,
  QualityColumns,
  QrsWidth,
  RhythmEpisode,
  Segment,
  Teaching,
} from '../../../shared/domain';
import { decode, encode } from '../../../shared/transport/codec';
import { asBytes, BytesColumn, digestOf, TextColumn } from './columns';
import type { Database, SqlRow } from './database';
import type { StoredAnalysis } from './types';

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
  qrsWidths: z.array(QrsWidth).optional(),
  unlike: Teaching.shape.unlike.unwrap().optional(),
  origin: z
    .object({
      durationS: z.number(),
      startClock: z.string().nullable(),
      findsBeats: z.boolean(),
      leads: QualityColumns.shape.leads,
    })
    .optional(),
});

export const ANALYSIS_COLUMNS = asBytes(
  'analysis_id',
  'content_hash',
  'model_id',
  'model_sha256',
  'parameters',
  'status',
  'flagged_segments',
  'result',
  'digest',
);

const AnalysisRow = z.object({
  analysis_id: TextColumn,
  content_hash: TextColumn,
  model_id: TextColumn,
  model_sha256: TextColumn,
  parameters: TextColumn,
  status: TextColumn,
  flagged_segments: TextColumn,
  result: BytesColumn,
  digest: TextColumn.nullable(),
});

/** @returns null for a row that is damaged, or whose content is not what was written */
export function analysisOf(raw: SqlRow): StoredAnalysis | null {
  const parsed = AnalysisRow.safeParse(raw);
  if (!parsed.success) return null;
  const row = parsed.data;
  const { digest } = row;
  if (digest !== null && digest !== digestOf(valuesOf(row), row.result)) return null;
  try {
    return {
      analysisId: row.analysis_id,
      key: {
        contentHash: row.content_hash,
        modelSha256: row.model_sha256,
        parameters: row.parameters,
      },
      modelId: row.model_id,
      status: AnalysisStatus.parse(JSON.parse(row.status)),
      result: StoredResult.parse(decode(aligned(row.result))),
    };
  } catch {
    return null;
  }
}

/** The codec reads columns of numbers in place: of bytes from the middle of a page it needs a copy. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : Uint8Array.from(bytes);
}

function valuesOf(row: Omit<z.output<typeof AnalysisRow>, 'digest'>): string[] {
  return [
    row.analysis_id,
    row.content_hash,
    row.model_id,
    row.model_sha256,
    row.parameters,
    row.status,
    row.flagged_segments,
  ];
}

export function putAnalysisRow(
  database: Database,
  { analysisId, key, modelId, status, result }: StoredAnalysis,
): void {
  const flagged = result.segments.filter(isFlagged);
  const row = {
    analysis_id: analysisId,
    content_hash: key.contentHash,
    model_id: modelId,
    model_sha256: key.modelSha256,
    parameters: key.parameters,
    status: JSON.stringify(status),
    flagged_segments: JSON.stringify(flagged.map((segment) => segment.index)),
    result: Buffer.from(encode(result)),
  };
  database.run(
    `INSERT OR REPLACE INTO analyses
       (analysis_id, content_hash, model_id, model_sha256, parameters, created_ms, status, flagged_segments, result,
        digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.analysis_id,
      row.content_hash,
      row.model_id,
      row.model_sha256,
      row.parameters,
      Date.now(),
      row.status,
      row.flagged_segments,
      row.result,
      digestOf(valuesOf(row), row.result),
    ],
  );
}
