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
import type { Database, SqlRow } from './sql';
import type { AnalysisResult, StoredAnalysis } from './types';

export const StoredResult = z.object({
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
  restless: z.array(z.object({ startS: z.number(), endS: z.number() })).optional(),
  origin: z
    .object({
      durationS: z.number(),
      startClock: z.string().nullable(),
      findsBeats: z.boolean(),
      leads: QualityColumns.shape.leads,
    })
    .optional(),
});

/**
 * Goes up with every change of the shape of a result. A row that says this one, and is as it was written, was of the right
 * shape when it was: it is not looked through again.
 */
export const RESULT_FORMAT = 2;
const SHAPED = `${RESULT_FORMAT}:`;
/** Before the digest of a row that was of the right shape when it was written. */
const ANY_SHAPE = /^\d+:/;

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

/**
 * What the shape of a result is believed by: its digest, which this program writes, or nothing, for a store that may be
 * somebody else's, since the digest has no key.
 */
export type Trust = 'digest' | 'nothing';

/**
 * @returns null for a row that is damaged, or whose content is not what was written
 */
export function analysisOf(raw: SqlRow, trust: Trust = 'digest'): StoredAnalysis | null {
  const parsed = AnalysisRow.safeParse(raw);
  if (!parsed.success) return null;
  const row = parsed.data;
  const { digest } = row;
  const isShaped = digest?.startsWith(SHAPED) === true;
  const written = digest?.replace(ANY_SHAPE, '') ?? null;
  if (written !== null && written !== digestOf(valuesOf(row), row.result)) return null;
  try {
    const isOwn = written !== null && trust === 'digest';
    const result = decode(aligned(row.result), isOwn ? 'own' : 'anybody');
    return {
      analysisId: row.analysis_id,
      key: {
        contentHash: row.content_hash,
        modelSha256: row.model_sha256,
        parameters: row.parameters,
      },
      modelId: row.model_id,
      status: AnalysisStatus.parse(JSON.parse(row.status)),
      result: isShaped && isOwn ? (result as AnalysisResult) : StoredResult.parse(result),
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
  const shaped = StoredResult.safeParse(result);
  const row = {
    analysis_id: analysisId,
    content_hash: key.contentHash,
    model_id: modelId,
    model_sha256: key.modelSha256,
    parameters: key.parameters,
    status: JSON.stringify(status),
    flagged_segments: JSON.stringify(flagged.map((segment) => segment.index)),
    result: Buffer.from(encode(shaped.data ?? result)),
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
      (shaped.success ? SHAPED : '') + digestOf(valuesOf(row), row.result),
    ],
  );
}
