import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { putAboutRow } from './about-rows';
import { backupsOf } from './backup-store';
import { mendChains } from './chains';
import type { Trust } from './analysis-rows';
import { openDatabase } from './database';
import type { Database, SqlRow, SqlValue } from './sql';
import { CHAIN_START, insertEventRow, type ChainedEvent } from './event-rows';
import { putRecordingRow } from './recording-rows';
import { salvage, signedReportsIn } from './salvage';
import { putSignedReportRow, signedVersion, type SignedReport } from './signed-report-rows';
import { DAMAGED_FOLDER, dateStamp, STORE_FILE, TEXT_TRAIL_FILE } from './store-files';
import { textEvents } from './text-trail';
import type { StoredRecording } from './types';

/** What a repair kept. */
export interface Repaired {
  readonly recordings: number;
  readonly analyses: number;
  readonly events: number;
  /** Steps of trails that are nowhere any more, and on how many recordings. */
  readonly lostEvents: number;
  readonly lostOn: number;
  /** Signed reports as they were printed. */
  readonly reports: number;
  /** Signed here, and their pages are nowhere any more. */
  readonly lostReports: number;
  /** Where the damaged store lies now. */
  readonly setAside: string;
}

/** A repair that another process began this long ago has ended with it. */
const STALE_MS = 600_000;

/**
 * Makes a new store of what can be read of the old one, its pages and the text beside it; the old one is set aside,
 * never deleted. Analyses that cannot be read are made again when they are next asked for.
 * @param damaged the store, connected; null where SQLite cannot begin to read it. It is closed.
 * @param trust `nothing` where nobody waits for the end: results are then looked through whole
 * @returns `busy` while another process has the store open or repairs it
 */
export function repairStore(
  dataDir: string,
  damaged: Database | null,
  trust: Trust = 'digest',
): Result<Repaired> {
  const path = join(dataDir, STORE_FILE);
  const making = `${path}.repairing`;
  if (!reserve(making)) {
    return errSaid('busy', 'files.storeRepairing', { path });
  }
  try {
    if (damaged && !damaged.isAlone()) {
      return errSaid('busy', 'files.storeOpen', { path });
    }
    const kept = fill(making, damaged, dataDir, trust);
    if (!kept.ok) return kept;
    damaged?.close();
    const setAside = swap(dataDir, making);
    return ok({ ...kept.value, setAside });
  } finally {
    for (const end of SIDES) rmSync(making + end, { force: true });
  }
}

/** The file itself and what SQLite keeps beside it. */
const SIDES = ['', '-wal', '-shm'];

function reserve(making: string): boolean {
  const before = statSync(making, { throwIfNoEntry: false });
  if (before && Date.now() - before.mtimeMs < STALE_MS) return false;
  for (const end of SIDES) rmSync(making + end, { force: true });
  closeSync(openSync(making, 'wx', 0o600));
  return true;
}

function fill(
  making: string,
  damaged: Database | null,
  dataDir: string,
  trust: Trust,
): Result<Omit<Repaired, 'setAside'>> {
  const opened = openDatabase(making);
  if (!opened.ok) return opened;
  const database = opened.value;
  try {
    return ok(database.transaction(() => fillFrom(database, damaged, dataDir, trust)));
  } finally {
    database.close();
  }
}

function fillFrom(
  database: Database,
  damaged: Database | null,
  dataDir: string,
  trust: Trust,
): Omit<Repaired, 'setAside'> {
  const path = join(dataDir, STORE_FILE);
  const recordings = new Map<string, { recording: StoredRecording; rowid: number }>();
  const analyses = new Set<string>();
  const events: ChainedEvent[] = [];
  const reports = new Set<string>();
  const abouts = new Set<string>();
  let hasSettings = false;
  const keep = (report: SignedReport): void => {
    const key = reportKey(report);
    if (!reports.has(key)) putSignedReportRow(database, report);
    reports.add(key);
  };
  salvage(damaged, path, {
    trust,
    recording(recording, rowid) {
      if (!recordings.has(recording.recordingId)) {
        recordings.set(recording.recordingId, { recording, rowid });
      }
    },
    analysis(row) {
      const analysisId = textOf(row['analysis_id']);
      if (analyses.has(analysisId)) return;
      analyses.add(analysisId);
      copyRow(database, 'analyses', ANALYSIS_NAMES, row);
    },
    event: (event) => void events.push(event),
    setting(row) {
      if (hasSettings || textOf(row['key']) !== 'settings') return;
      hasSettings = true;
      copyRow(database, 'settings', ['key', 'value'], row);
    },
    about(recordingId, about) {
      if (!abouts.has(recordingId)) putAboutRow(database, recordingId, about);
      abouts.add(recordingId);
    },
    signedReport: keep,
  });
  // In the order in which they came.
  const inOrder = [...recordings.values()].sort((a, b) => a.rowid - b.rowid);
  for (const { recording } of inOrder) putRecordingRow(database, recording);
  for (const event of textEvents(join(dataDir, TEXT_TRAIL_FILE))) events.push(event);
  const mended = mendChains(events);
  appendChained(database, mended.events);
  const signed = signedIn(mended.events);
  const isMissing = (report: ReportPlace): boolean => !reports.has(reportKey(report));
  // What the pages have lost a backup may have.
  for (const backup of backupsOf(dataDir).reverse()) {
    if (!signed.some(isMissing)) break;
    for (const report of signedReportsIn(backup)) keep(report);
  }
  return {
    recordings: recordings.size,
    analyses: analyses.size,
    events: mended.events.length,
    lostEvents: [...mended.lost.values()].reduce((sum, n) => sum + n, 0),
    lostOn: mended.lost.size,
    reports: reports.size,
    lostReports: signed.filter(isMissing).length,
  };
}

type ReportPlace = Pick<SignedReport, 'analysisId' | 'version'>;
const reportKey = ({ analysisId, version }: ReportPlace): string => `${version} of ${analysisId}`;

/** Every version that was signed here. */
function signedIn(events: readonly ChainedEvent[]): ReportPlace[] {
  return events.flatMap((event) => {
    const version = signedVersion(event);
    return version === null ? [] : [{ analysisId: event.analysisId, version }];
  });
}

const ANALYSIS_NAMES = [
  ...['analysis_id', 'content_hash', 'model_id', 'model_sha256', 'parameters', 'created_ms'],
  ...['status', 'flagged_segments', 'result', 'digest'],
];

/** Texts were read as bytes and are texts again. */
function copyRow(database: Database, table: string, columns: readonly string[], row: SqlRow): void {
  database.run(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    columns.map((name): SqlValue => {
      const value = row[name];
      if (value === null || typeof value === 'number') return value;
      return name === 'result' ? Buffer.from(value as Uint8Array) : textOf(value);
    }),
  );
}

function textOf(value: unknown): string {
  return Buffer.from(value as Uint8Array).toString('utf8');
}

function appendChained(database: Database, events: readonly ChainedEvent[]): void {
  const ends = new Map<string, { sequence: number; hash: string }>();
  for (const event of events) {
    const end = ends.get(event.analysisId) ?? { sequence: 0, hash: CHAIN_START };
    const sequence = end.sequence + 1;
    const hash = insertEventRow(database, { ...event, sequence }, end.hash);
    ends.set(event.analysisId, { sequence, hash });
  }
}

/** Puts the new store into its place. @returns where the old one lies */
function swap(dataDir: string, making: string): string {
  const path = join(dataDir, STORE_FILE);
  const folder = join(dataDir, DAMAGED_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const setAside = join(folder, `fiducial-${dateStamp(new Date())}.db`);
  for (const end of SIDES) {
    if (existsSync(path + end)) renameSync(path + end, setAside + end);
  }
  renameSync(making, path);
  return setAside;
}
