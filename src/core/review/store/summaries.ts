import { z } from 'zod';
import { ok, WorklistFigures } from '../../../shared/domain';
import type { Trail } from '../trail';
import { jsonOf } from './about-rows';
import { asBytes, TextColumn } from './columns';
import type { Database } from './sql';
import { listOf, type ListPages, type ListSource } from './list-pages';
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
export function createSummaries(database: Database, trail: Trail, pages: ListPages): Summaries {
  const source = summariesToList(database);
  let kept: Map<string, AnalysisSummary> | null = null;
  let keptVersion = -1;
  const touched = new Set<string>();

  const summaryOf = (row: AnalysisSummary): AnalysisSummary =>
    // Of an earlier version, or written by a process that was killed before it counted.
    row.isCounted ? row : { ...row, ...countedAnew(row.analysisId) };

  function countedAnew(
    analysisId: string,
  ): Omit<AnalysisSummary, 'contentHash' | 'analysisId' | 'modelId' | 'acts' | 'isCounted'> {
    const found = storeResult(() => ok(flaggedOf(analysisId)));
    const flagged = found.ok ? found.value : [];
    const same = { flagged: flagged.length, needReader: null, figures: null };
    const standing = found.ok ? storeResult(() => ok(trail.standing(analysisId))) : found;
    if (!standing.ok) return { ...same, decided: 0, damage: standing.error };
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
      .flatMap((row) => rowOf(row) ?? [])
      .reverse()
      .map(summaryOf);

  function all(): Map<string, AnalysisSummary> {
    const latest = new Map<string, AnalysisSummary>();
    /** Contents of which an analysis before the latest was acted on. */
    const before = new Set<string>();
    const uncounted: AnalysisSummary[] = [];
    for (const row of pages.all(source)) {
      const { contentHash } = row;
      if ((latest.get(contentHash)?.acts ?? 0) > 0) before.add(contentHash);
      latest.set(contentHash, row);
      if (!row.isCounted) uncounted.push(row);
    }
    for (const row of uncounted) {
      if (latest.get(row.contentHash) === row) latest.set(row.contentHash, summaryOf(row));
    }
    for (const contentHash of before) {
      latest.set(contentHash, reviewedEarlier(latest.get(contentHash)!));
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
          if (!contentHash.success) continue;
          const [summary, ...older] = ofContent(contentHash.data);
          const isBefore = older.some(({ acts }) => acts > 0);
          if (summary) kept.set(contentHash.data, isBefore ? reviewedEarlier(summary) : summary);
        }
      }
      touched.clear();
      keptVersion = version;
      return kept;
    },
    touch: (analysisId) => void touched.add(analysisId),
  };
}

const reviewedEarlier = (summary: AnalysisSummary): AnalysisSummary => ({
  ...summary,
  isReviewedEarlier: true,
});

export function summariesToList(database: Database): ListSource<AnalysisSummary> {
  return listOf('analyses', LISTED, database, (row) => {
    const value = rowOf(row);
    return { value, isWhole: value !== null && !mayBeDamaged(row) };
  });
}

/**
 * What one row says of an analysis, with nothing counted where the counts are not of the last line of the trail. Null for one
 * that cannot be read: its recording has then not been analysed.
 */
function rowOf(row: readonly (string | null)[]): AnalysisSummary | null {
  const [, contentHash, analysisId, modelId, lastSequence, sequence, ...counts] = row;
  if (!contentHash || !analysisId || !modelId || mayBeDamaged(row.slice(1, 4))) return null;
  const acts = wholeNumber(lastSequence ?? null) ?? 0;
  const [flagged = null, decided = null, needReader = null] = counts.slice(0, 3).map(wholeNumber);
  const isCounted = flagged !== null && decided !== null && sequence === lastSequence;
  const same = { contentHash, isCounted, analysisId, modelId, acts };
  const figures = isCounted && !mayBeDamaged(row) ? figuresOf(counts[3] ?? null) : null;
  return isCounted ? { ...same, flagged, decided, needReader, figures } : { ...same, ...UNCOUNTED };
}

const UNCOUNTED = { flagged: 0, decided: 0, needReader: null, figures: null };

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
const LISTED = packedRows({ columns: COLUMNS, from: `${TABLES} WHERE analyses.rowid <= ?` });

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function figuresOf(text: string | null): WorklistFigures | null {
  return WorklistFigures.safeParse(jsonOf(text)).data ?? null;
}
