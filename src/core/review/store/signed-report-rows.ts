import { z } from 'zod';
import { asBytes, asNumbers, BytesColumn, digestOf, TextColumn } from './columns';
import type { Database, SqlRow } from './sql';

/** A signed report as it was printed. */
export interface SignedReport {
  readonly analysisId: string;
  readonly version: number;
  readonly pdf: Uint8Array;
}

export const SIGNED_REPORT_COLUMNS = `${asBytes('analysis_id', 'digest')}, ${asNumbers('version')}, pdf`;

const Row = z.object({
  analysis_id: TextColumn,
  version: z.int().positive(),
  pdf: BytesColumn,
  digest: TextColumn.nullable(),
});

/** @returns null for a row that is not what was written */
export function signedReportOf(raw: SqlRow): SignedReport | null {
  const parsed = Row.safeParse(raw);
  if (!parsed.success) return null;
  const { analysis_id: analysisId, version, pdf, digest } = parsed.data;
  const report = { analysisId, version, pdf };
  const isWhole = digest === null ? looksWhole(pdf) : digest === digestOfReport(report);
  return isWhole ? report : null;
}

/** Rows of earlier versions have no digest: all that can be said of one is that it begins and ends as a PDF. */
function looksWhole(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  return bytes.subarray(0, 5).toString() === '%PDF-' && bytes.subarray(-16).includes('%%EOF');
}

const digestOfReport = ({ analysisId, version, pdf }: SignedReport): string =>
  digestOf([analysisId, version], pdf);

/** @throws StoreFailure where this version is there already: what was final once is never written anew */
export function putSignedReportRow(database: Database, report: SignedReport): void {
  database.run(
    'INSERT INTO signed_reports (analysis_id, version, pdf, digest) VALUES (?, ?, ?, ?)',
    [report.analysisId, report.version, Buffer.from(report.pdf), digestOfReport(report)],
  );
}

/** The pages of a signed version. @returns null where they are not there, or not what was printed */
export function signedReport(
  database: Database,
  analysisId: string,
  version: number,
): SignedReport | null {
  const row = database.get(
    `SELECT ${SIGNED_REPORT_COLUMNS} FROM signed_reports WHERE analysis_id = ? AND version = ?`,
    [analysisId, version],
  );
  return row ? signedReportOf(row) : null;
}

/** Every row of the table in its order; null for one that is damaged. */
export function* signedReportRows(database: Database): Generator<SignedReport | null> {
  for (let last = 0; ;) {
    // One at a time: each is up to megabytes.
    const row = database.get(
      `SELECT rowid AS row, ${SIGNED_REPORT_COLUMNS} FROM signed_reports WHERE rowid > ? ORDER BY rowid LIMIT 1`,
      [last],
    );
    const next = Number(row?.['row']);
    if (!row || !(next > last)) return;
    last = next;
    yield signedReportOf(row);
  }
}

const Signing = z.object({
  kind: z.literal('sign-report'),
  signature: z.object({ version: z.int().positive() }),
});

/** The version that a step of a trail signed here. @returns null for any other step, and for what came from elsewhere */
export function signedVersion({
  action,
  edit,
  imported,
}: {
  readonly action: string;
  readonly edit: string;
  readonly imported: string | null;
}): number | null {
  if (action !== 'edit' || imported !== null || !edit.includes('"sign-report"')) return null;
  try {
    return Signing.parse(JSON.parse(edit)).signature.version;
  } catch {
    return null;
  }
}
