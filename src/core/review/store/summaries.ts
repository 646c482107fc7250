import { z } from 'zod';
import { ok, WorklistFigures } from '../../../shared/domain';
import type { Trail } from '../trail';
import { jsonOf } from './about-rows';
import { asBytes, asNumbers, TextColumn } from './columns';
import type { Database, SqlRow } from './database';
import { storeResult } from './store-failure';
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

  /** Null for a row that cannot be read: its recording has then not been analysed. */
  function summaryOf(raw: SqlRow): AnalysisSummary | null {
    const parsed = SummaryRow.safeParse(raw);
    if (!parsed.success) return null;
    const row = parsed.data;
    const { analysis_id: analysisId, model_id: modelId } = row;
    if (row.flagged !== null && row.decided !== null && row.sequence === row.last_sequence) {
      const { flagged, decided, need_reader: needReader } = row;
      const figures = WorklistFigures.safeParse(jsonOf(raw['figures'])).data ?? null;
      return { analysisId, modelId, flagged, decided, needReader, figures };
    }
    // Of an earlier version, or written by a process that was killed before it counted.
    const flagged = flaggedOf(analysisId);
    const same = { analysisId, modelId, flagged: flagged.length, needReader: null, figures: null };
    const standing = storeResult(() => ok(trail.standing(analysisId)));
    if (!standing.ok) return { ...same, decided: 0, damage: standing.error.message };
    const decided = flagged.filter((segment) => standing.value.segmentDecision(segment)).length;
    return { ...same, decided };
  }

  function flaggedOf(analysisId: string): number[] {
    const row = database.get(
      `SELECT ${asBytes('flagged_segments')} FROM analyses WHERE analysis_id = ?`,
      [analysisId],
    );
    try {
      const text = TextColumn.parse(row?.['flagged_segments']);
      return z.array(z.number()).parse(JSON.parse(text));
    } catch {
      return [];
    }
  }

  const ofContent = (contentHash: string): AnalysisSummary[] =>
    database
      .all(`${SUMMARY} WHERE analyses.content_hash = ? ORDER BY analyses.rowid DESC`, [contentHash])
      .map(summaryOf)
      .filter((summary) => summary !== null);

  function all(): Map<string, AnalysisSummary> {
    const rows = database.all(
      `${SUMMARY} WHERE analyses.rowid IN (SELECT max(rowid) FROM analyses GROUP BY content_hash)`,
    );
    const latest = new Map<string, AnalysisSummary>();
    for (const row of rows) {
      const contentHash = TextColumn.safeParse(row['content_hash']);
      const summary = summaryOf(row);
      if (contentHash.success && summary) latest.set(contentHash.data, summary);
    }
    return latest;
  }

  return {
    ofContent,
    latest() {
      const version = database.foreignVersion();
      if (!kept || version !== keptVersion) kept = all();
      else {
        for (const analysisId of touched) {
          const row = database.get(
            `SELECT ${asBytes('content_hash')} FROM analyses WHERE analysis_id = ?`,
            [analysisId],
          );
          const contentHash = TextColumn.safeParse(row?.['content_hash']);
          const summary = contentHash.success ? ofContent(contentHash.data)[0] : undefined;
          if (contentHash.success && summary) kept.set(contentHash.data, summary);
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
  SELECT ${asBytes('analyses.content_hash', 'analyses.analysis_id', 'analyses.model_id', 'counts.figures')},
    ${asNumbers('counts.sequence', 'counts.flagged', 'counts.decided', 'counts.need_reader')},
    (SELECT coalesce(max(sequence), 0) FROM review_events
     WHERE review_events.analysis_id = analyses.analysis_id) AS last_sequence
  FROM analyses LEFT JOIN review_counts AS counts ON counts.analysis_id = analyses.analysis_id`;

const SummaryRow = z.object({
  analysis_id: TextColumn,
  model_id: TextColumn,
  sequence: z.number().nullable(),
  flagged: z.number().nullable(),
  decided: z.number().nullable(),
  need_reader: z.number().nullable(),
  last_sequence: z.number(),
});
