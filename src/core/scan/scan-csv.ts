import { isFlagged, teachingText } from '../../shared/domain';
import { english } from '../../shared/words';
import { csvLine, type CsvValue } from '../base/csv';
import type { ScanRow } from './scan-row';

/** Columns of the tables: one row per record, because a row per segment is what JSON Lines is for. */
export const SCAN_COLUMNS = [
  'record',
  'path',
  'fs',
  'durationS',
  'analysableS',
  'leads',
  'lead',
  'model',
  'scheme',
  'threshold',
  'segments',
  'abnormal',
  'unreadable',
  'maxProbability',
  'abnormalAtS',
  'meanBpm',
  'lowestBpm',
  'highestBpm',
  'longestRrMs',
  'findings',
  'teaches',
  'teachesBecause',
  'warnings',
  'errorCode',
  'errorMessage',
] as const;

export const SCAN_CSV_HEADER = csvLine(SCAN_COLUMNS);

export type ScanValues = Readonly<Record<(typeof SCAN_COLUMNS)[number], CsvValue>>;

/** One record as a line of CSV (RFC 4180). */
export function scanCsvLine(row: ScanRow): string {
  const values = scanValues(row);
  return csvLine(SCAN_COLUMNS.map((column) => values[column]));
}

/** What a table says of one record. `abnormalAtS` lists the starts of the Abnormal segments. */
export function scanValues(row: ScanRow): ScanValues {
  const abnormal = row.segments.filter(isFlagged);
  const probabilities = row.segments.flatMap(({ probability }) => probability ?? []);
  return {
    record: row.record,
    path: row.path,
    fs: row.fs,
    durationS: row.durationS,
    analysableS: row.analysableS,
    leads: row.leads.map(({ name }) => name).join(' '),
    lead: row.lead,
    model: row.model,
    scheme: row.scheme,
    threshold: row.threshold,
    segments: row.segments.length,
    abnormal: abnormal.length,
    unreadable: row.segments.filter(({ verdict }) => verdict === 'Unreadable').length,
    maxProbability:
      probabilities.length > 0 ? probabilities.reduce((a, b) => Math.max(a, b)) : null,
    abnormalAtS: abnormal.map(({ startS }) => startS).join(' '),
    meanBpm: row.heartRate?.meanBpm ?? null,
    lowestBpm: row.heartRate?.lowest.bpm ?? null,
    highestBpm: row.heartRate?.highest.bpm ?? null,
    longestRrMs: row.heartRate?.longestRr.ms ?? null,
    findings: findingsText(row.findings),
    teaches: row.teaching?.score ?? null,
    teachesBecause: row.teaching ? teachingText(row.teaching, english) : null,
    warnings: row.warnings.map(({ message }) => message).join(' '),
    errorCode: row.error?.code ?? null,
    errorMessage: row.error?.message ?? null,
  };
}

/** `pause 2 af 1`: kinds by urgency with how many there are, without what was rejected. */
function findingsText(findings: ScanRow['findings']): string {
  const counts = new Map<string, number>();
  for (const { kind, state } of findings) {
    if (state !== 'rejected') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(' ');
}
