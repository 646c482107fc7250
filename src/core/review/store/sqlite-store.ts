import { join } from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import type { Store } from './types';
import { createTrail, type Trail } from '../trail';
import { ANALYSIS_COLUMNS, analysisOf, putAnalysisRow } from './analysis-rows';
import { createKeptRecordings } from './kept-recordings';
import { createAbouts } from './about-rows';
import { putSignedReportRow, signedReport } from './signed-report-rows';
import { storeResult } from './store-failure';
import { createSummaries } from './summaries';
import { createUnread } from './unread-rows';
import type { Database } from './sql';
import { bringBack } from './bring-back';
import { createIdleSteps } from './idle-steps';
import { keepLists } from './keep-lists';
import { createListPages } from './list-pages';
import { openSound } from './open-sound';
import { TEXT_TRAIL_FILE } from './store-files';
import { createTextTrail, type TextTrail } from './text-trail';
import { settingsRow } from './settings-row';

export interface SqliteStore extends Store {
  readonly trail: Trail;
}

/**
 * Opens the store of `dataDir`, creating folder and file when absent. One whose structure is damaged is first mended:
 * what can be read of it, and every step of the text beside it, becomes a new one.
 * @returns `not-writable`, `unsupported` or `busy`, as `openDatabase`
 */
export function openSqliteStore(dataDir: string): Result<SqliteStore> {
  const opened = openSound(dataDir);
  if (!opened.ok) return opened;
  const database = opened.value;
  const textPath = join(dataDir, TEXT_TRAIL_FILE);
  try {
    bringBack(database, textPath);
  } catch (cause) {
    // A store that cannot be written can still be read; a text that cannot be read is found by `checkStore`.
    console.error(`fiducial: ${(cause as Error).message}`);
  }
  return ok(createSqliteStore(database, createTextTrail(database, textPath)));
}

const PUT_COUNTS = `INSERT OR REPLACE INTO review_counts
  (analysis_id, sequence, flagged, decided, need_reader, figures) VALUES (?, ?, ?, ?, ?, ?)`;

function createSqliteStore(database: Database, text: TextTrail): SqliteStore {
  /** What it lacks it gets with the next event, or at the next start: no decision fails for it. */
  let told = '';
  function follow(): void {
    const failure = text.follow();
    if (failure && failure.message !== told) {
      console.error(`fiducial: the text beside the store is behind: ${failure.message}`);
    }
    told = failure?.message ?? '';
  }
  follow();
  const idle = createIdleSteps();
  const pages = createListPages(database);
  const lists = keepLists(database, pages, idle);
  const trail = createTrail(database, {
    later: (step) => idle.add(step),
    onDamage: (analysisId) => summaries.touch(analysisId),
    onAppend(analysisId) {
      summaries.touch(analysisId);
      lists.changed();
      follow();
    },
  });
  const summaries = createSummaries(database, trail, pages);
  const abouts = createAbouts(database, pages);
  const unread = createUnread(database);

  return {
    trail,
    ...createKeptRecordings(database, pages),
    abouts: () => abouts.all(),
    putAbout: (recordingId, about) => void storeResult(() => ok(abouts.put(recordingId, about))),
    unread: () => unread.all(),
    putUnread: (recordingId, failure) =>
      void storeResult(() => ok(unread.put(recordingId, failure))),
    analysis(analysisId) {
      const row = database.get(`SELECT ${ANALYSIS_COLUMNS} FROM analyses WHERE analysis_id = ?`, [
        analysisId,
      ]);
      // One that is not as it was written is none: it is made again, and the decisions on it are kept apart from it.
      return row ? analysisOf(row) : null;
    },
    putAnalysis(analysis) {
      putAnalysisRow(database, analysis);
      lists.changed();
      summaries.touch(analysis.analysisId);
    },
    analysesOf: (contentHash) => summaries.ofContent(contentHash),
    latestAnalyses() {
      lists.listed();
      return summaries.latest();
    },
    putCounts(analysisId, { sequence, flagged, decided, needReader, figures }) {
      const row = [analysisId, sequence, flagged, decided, needReader, JSON.stringify(figures)];
      // Counts that are not of the last line are counted anew.
      const isLasting = false;
      database.transaction(() => database.run(PUT_COUNTS, row), isLasting);
      summaries.touch(analysisId);
    },
    putSignedReport(analysisId, version, pdf) {
      putSignedReportRow(database, { analysisId, version, pdf });
    },
    signedReport: (analysisId, version) => signedReport(database, analysisId, version)?.pdf ?? null,
    hasSignedReport: (analysisId, version) =>
      database.get('SELECT 1 FROM signed_reports WHERE analysis_id = ? AND version = ?', [
        analysisId,
        version,
      ]) !== undefined,
    settings: () => settingsRow(database),
    putSettings(settings) {
      database.run("INSERT OR REPLACE INTO settings (key, value) VALUES ('settings', ?)", [
        JSON.stringify(settings),
      ]);
    },
    close() {
      idle.stop();
      lists.ended();
      database.close();
    },
  };
}
