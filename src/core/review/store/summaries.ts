import { z } from 'zod';
import { ok, WorklistFigures } from '../../../shared/domain';
import type { Trail } from '../trail';
import { jsonOf } from './about-rows';
import { asBytes, TextColumn } from './columns';
import type { Database } from './database';
import { mayBeDamaged, packedRows } from './packed-rows';
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
  function summaryOf(row: readonly (string | null)[]): Summarised | null {
    const [, contentHash, analysisId, modelId, lastSequence, sequence, ...counts] = row;
    if (!contentHash || !analysisId || !modelId || mayBeDamaged(row.slice(1, 4))) return null;
    const [flagged = null, decided = null, needReader = null] = counts.slice(0, 3).map(wholeNumber);
    const same = { analysisId, modelId, acts: wholeNumber(lastSequence ?? null) ?? 0 };
    if (flagged !== null && decided !== null && sequence === lastSequence) {
      const figures = mayBeDamaged(row) ? null : figuresOf(counts[3] ?? null);
      return {
        contentHash,
        summary: { ...same, flagged, decided, needReader, figures },
      };
    }
    // Of an earlier version, or written by a process that was killed before it counted.
    return { contentHash, summary: { ...same, ...countedAnew(analysisId) } };
  }

  function countedAnew(
    analysisId: string,
  ): Omit<AnalysisSummary, 'analysisId' | 'modelId' | 'acts'> {
    const flagged = flaggedOf(analysisId);
    const same = { flagged: flagged.length, needReader: null, figures: null };
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

  /** Latest first. */
  const ofContent = (contentHash: string): AnalysisSummary[] =>
    [...OF_CONTENT(database, [contentHash])]
      .flat()
      .flatMap((row) => summaryOf(row)?.summary ?? [])
      .reverse();

  function all(): Map<string, AnalysisSummary> {
    const latest = new Map<string, AnalysisSummary>();
    for (const rows of LATEST(database, [])) {
      for (const row of rows) {
        const found = summaryOf(row);
        if (found) latest.set(found.contentHash, found.summary);
      }
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

interface Summarised {
  readonly contentHash: string;
  readonly summary: AnalysisSummary;
}

const COLUMNS = [
  ...['analyses.rowid', 'analyses.content_hash', 'analyses.analysis_id', 'analyses.model_id'],
  `(SELECT coalesce(max(sequence), 0) FROM review_events
    WHERE review_events.analysis_id = analyses.analysis_id)`,
  ...['counts.sequence', 'counts.flagged', 'counts.decided', 'counts.need_reader'],
  'counts.figures',
];
const TABLES =
  'FROM analyses LEFT JOIN review_counts AS counts ON counts.analysis_id = analyses.analysis_id';
const OF_CONTENT = packedRows({
  columns: COLUMNS,
  from: `${TABLES} WHERE analyses.content_hash = ?`,
});
const LATEST = packedRows({
  columns: COLUMNS,
  from: `${TABLES} WHERE analyses.rowid IN (SELECT max(rowid) FROM analyses GROUP BY content_hash)`,
  // Which are the latest is asked for with every batch.
  batch: 20_000,
});

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function figuresOf(text: string | null): WorklistFigures | null {
  return WorklistFigures.safeParse(jsonOf(text)).data ?? null;
}
