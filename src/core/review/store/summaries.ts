import { z } from 'zod';
import type { Trail } from '../trail';
import type { Database, SqlRow } from './database';
import type { AnalysisSummary } from './types';

/** What the worklist says of analyses, without loading their results or replaying their trails. */
export interface Summaries {
  /** Latest first. */
  ofContent(contentHash: string): AnalysisSummary[];
  /** The latest analysis of every content that has one, by content hash. */
  latest(): ReadonlyMap<string, AnalysisSummary>;
  /** This process has stored, counted or decided something of an analysis. */
  touch(analysisId: string): void;
}

/**
 * A list of ten thousand is kept, and only what has changed is asked for again: what this process changes it says by
 * `touch`, and that another one has changed something the database says.
 */
export function createSummaries(database: Database, trail: Trail): Summaries {
  let kept: Map<string, AnalysisSummary> | null = null;
  let keptVersion = -1;
  const touched = new Set<string>();

  function summaryOf(raw: SqlRow): AnalysisSummary {
    const row = SummaryRow.parse(raw);
    const { analysis_id: analysisId, model_id: modelId } = row;
    if (row.flagged !== null && row.decided !== null && row.sequence === row.last_sequence) {
      const { flagged, decided, need_reader: needReader } = row;
      return { analysisId, modelId, flagged, decided, needReader };
    }
    // Of an earlier version, or written by a process that was killed before it counted.
    const flagged = flaggedOf(analysisId);
    const standing = trail.standing(analysisId);
    const decided = flagged.filter((segment) => standing.segmentDecision(segment)).length;
    return { analysisId, modelId, flagged: flagged.length, decided, needReader: null };
  }

  function flaggedOf(analysisId: string): number[] {
    const row = database.get('SELECT flagged_segments FROM analyses WHERE analysis_id = ?', [
      analysisId,
    ]);
    return z.array(z.number()).parse(JSON.parse(String(row?.['flagged_segments'] ?? '[]')));
  }

  const ofContent = (contentHash: string): AnalysisSummary[] =>
    database
      .all(`${SUMMARY} WHERE analyses.content_hash = ? ORDER BY analyses.rowid DESC`, [contentHash])
      .map(summaryOf);

  function all(): Map<string, AnalysisSummary> {
    const rows = database.all(
      `${SUMMARY} WHERE analyses.rowid IN (SELECT max(rowid) FROM analyses GROUP BY content_hash)`,
    );
    return new Map(rows.map((row) => [String(row['content_hash']), summaryOf(row)]));
  }

  return {
    ofContent,
    latest() {
      const version = database.foreignVersion();
      if (!kept || version !== keptVersion) kept = all();
      else {
        for (const analysisId of touched) {
          const row = database.get('SELECT content_hash FROM analyses WHERE analysis_id = ?', [
            analysisId,
          ]);
          if (!row) continue;
          const contentHash = String(row['content_hash']);
          kept.set(contentHash, ofContent(contentHash)[0]!);
        }
      }
      touched.clear();
      keptVersion = version;
      return kept;
    },
    touch: (analysisId) => void touched.add(analysisId),
  };
}

const SUMMARY = `
  SELECT analyses.content_hash, analyses.analysis_id, analyses.model_id,
    counts.sequence, counts.flagged, counts.decided, counts.need_reader,
    (SELECT coalesce(max(sequence), 0) FROM review_events
     WHERE review_events.analysis_id = analyses.analysis_id) AS last_sequence
  FROM analyses LEFT JOIN review_counts AS counts ON counts.analysis_id = analyses.analysis_id`;

const SummaryRow = z.object({
  analysis_id: z.string(),
  model_id: z.string(),
  sequence: z.number().nullable(),
  flagged: z.number().nullable(),
  decided: z.number().nullable(),
  need_reader: z.number().nullable(),
  last_sequence: z.number(),
});
