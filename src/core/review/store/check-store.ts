import { existsSync } from 'node:fs';
import { ANALYSIS_COLUMNS, analysisOf } from './analysis-rows';
import type { Database, SqlRow } from './sql';
import { brokenAt, type ChainedEvent } from './event-rows';
import { RECORDING_COLUMNS, recordingOf } from './recording-rows';
import { signedReportRows, signedVersion } from './signed-report-rows';
import { eventsAfter, textEvents } from './text-trail';

/** What is wrong with a store, a sentence each; none when it is whole. */
export interface StoreCheck {
  readonly problems: readonly string[];
  readonly recordings: number;
  readonly analyses: number;
  readonly events: number;
  readonly reports: number;
}

/**
 * Compares everything that a store holds with what was written: its structure, the digest of every row, the chain of
 * every trail, and the text beside it. Results are looked through whole, whatever their digest says: the store may be somebody
 * else's.
 * @throws StoreFailure where not even that can be read
 */
export function checkStore(database: Database, textPath: string): StoreCheck {
  const problems = database.problems('whole').map((problem) => `The file: ${problem}.`);
  const recordings = countRows(database, 'recordings', RECORDING_COLUMNS, recordingOf);
  const analyses = countRows(database, 'analyses', ANALYSIS_COLUMNS, (row) =>
    analysisOf(row, 'nothing'),
  );
  if (recordings.damaged > 0) problems.push(`${recordings.damaged} recordings cannot be read.`);
  if (analyses.damaged > 0) {
    problems.push(`${analyses.damaged} analyses are not what was written; they are made again.`);
  }
  const trails = readTrails(database);
  problems.push(...trails.problems);
  const hashes = new Set<string>();
  const signed = new Set<string>();
  for (const [analysisId, events] of trails.byAnalysis) {
    for (const { hash } of events) hashes.add(hash);
    for (const event of events) {
      const version = signedVersion(event);
      if (version !== null) signed.add(`${version} of the report of analysis ${analysisId}`);
    }
    const broken = brokenAt(events);
    if (broken >= 0) {
      problems.push(
        `Analysis ${analysisId}: step ${broken + 1} of its decisions is missing or was changed.`,
      );
    }
  }
  problems.push(...compareText(textPath, hashes));
  const reports = readReports(database);
  problems.push(...reports.problems);
  for (const name of signed) {
    if (!reports.whole.has(name))
      problems.push(`Version ${name} is signed, and its pages are not there.`);
  }
  return {
    problems,
    recordings: recordings.whole,
    analyses: analyses.whole,
    events: hashes.size,
    reports: reports.whole.size,
  };
}

function readReports(database: Database): { whole: Set<string>; problems: string[] } {
  const whole = new Set<string>();
  let damaged = 0;
  for (const report of signedReportRows(database)) {
    if (report) whole.add(`${report.version} of the report of analysis ${report.analysisId}`);
    else damaged++;
  }
  const problems = damaged > 0 ? [`${damaged} signed reports are not what was printed.`] : [];
  return { whole, problems };
}

function countRows(
  database: Database,
  table: 'recordings' | 'analyses',
  select: string,
  read: (row: SqlRow) => unknown,
): { whole: number; damaged: number } {
  const counts = { whole: 0, damaged: 0 };
  for (let last = 0; ;) {
    const row = database.get(
      `SELECT rowid AS row, ${select} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1`,
      [last],
    );
    const next = Number(row?.['row']);
    if (!row || !(next > last)) return counts;
    last = next;
    if (read(row)) counts.whole++;
    else counts.damaged++;
  }
}

function readTrails(database: Database): {
  byAnalysis: Map<string, ChainedEvent[]>;
  problems: string[];
} {
  const byAnalysis = new Map<string, ChainedEvent[]>();
  let expected = 1;
  let missing = 0;
  for (const { rows } of eventsAfter(database, 0)) {
    for (const event of rows) {
      missing += Math.max(0, event.position - expected);
      expected = event.position + 1;
      const events = byAnalysis.get(event.analysisId) ?? [];
      byAnalysis.set(event.analysisId, events);
      events.push(event);
    }
  }
  for (const events of byAnalysis.values()) events.sort((a, b) => a.sequence - b.sequence);
  const problems = missing > 0 ? [`${missing} steps of decisions are missing.`] : [];
  return { byAnalysis, problems };
}

function compareText(textPath: string, hashes: ReadonlySet<string>): string[] {
  if (!existsSync(textPath)) {
    return hashes.size > 0 ? [`The text trail ${textPath} is missing.`] : [];
  }
  const inText = new Set<string>();
  for (const { hash } of textEvents(textPath)) inText.add(hash);
  const onlyInText = [...inText].filter((hash) => !hashes.has(hash)).length;
  const onlyInStore = [...hashes].filter((hash) => !inText.has(hash)).length;
  return [
    ...(onlyInText > 0
      ? [`The text trail holds ${onlyInText} steps that the store does not.`]
      : []),
    ...(onlyInStore > 0 ? [`The store holds ${onlyInStore} steps that its text does not.`] : []),
  ];
}
