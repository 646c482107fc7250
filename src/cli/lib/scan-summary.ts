import { isFlagged } from '../../shared/domain';
import type { ScanRow } from '../../core/scan/scan-row';

export interface ScanSummary {
  readonly records: number;
  readonly failed: number;
  readonly flagged: number;
  readonly segments: number;
  readonly abnormalSegments: number;
  readonly unreadableSegments: number;
  /** Records that failed, by error code. */
  readonly errors: Readonly<Record<string, number>>;
}

export function summaryOf(rows: readonly ScanRow[]): ScanSummary {
  const errors: Record<string, number> = {};
  const count = { flagged: 0, segments: 0, abnormalSegments: 0, unreadableSegments: 0 };
  for (const row of rows) {
    if (row.error) errors[row.error.code] = (errors[row.error.code] ?? 0) + 1;
    const abnormal = row.segments.filter(isFlagged).length;
    count.flagged += abnormal > 0 ? 1 : 0;
    count.segments += row.segments.length;
    count.abnormalSegments += abnormal;
    count.unreadableSegments += row.segments.filter(
      ({ verdict }) => verdict === 'Unreadable',
    ).length;
  }
  const failed = Object.values(errors).reduce((sum, n) => sum + n, 0);
  return { records: rows.length, failed, ...count, errors };
}

export function summaryText(summary: ScanSummary, out: string): string {
  const { records, failed, flagged, segments, abnormalSegments, unreadableSegments } = summary;
  const lines = [
    `${records} records, ${records - failed} analysed, ${failed} failed`,
    `${flagged} with at least one Abnormal segment`,
    `${segments} segments: ${abnormalSegments} Abnormal, ${unreadableSegments} Unreadable`,
    ...Object.entries(summary.errors).map(([code, n]) => `  ${n} ${code}`),
    `written to ${out}`,
  ];
  return lines.join('\n');
}
