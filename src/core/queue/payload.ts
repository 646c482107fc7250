import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ScanRow as ScanRowSchema } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';
import type { ScanRow } from '../scan/scan-row';

/** All that a job carries. It is gone from Redis when its row has been collected. */
export const RecordingJob = z.strictObject({
  /** Where the coordinator found the recording; workers see the archive in the same place. */
  path: z.string(),
  modelId: z.string(),
  modelSha256: z.string(),
  /** Index of the lead to read; null lets the model choose. */
  lead: z.number().int().min(0).nullable(),
  /** What is stated of recordings whose files leave it out. */
  stated: z.strictObject({
    samplingRateHz: z.number().positive().optional(),
    gainAduPerMv: z.number().positive().optional(),
  }),
  /** File for the PDF report; null for none. */
  report: z.string().nullable(),
});
export type RecordingJob = z.infer<typeof RecordingJob>;

/** A row as a job answers it: compressed, since a day's row is a megabyte of text and Redis keeps it in memory. */
export function packRow(row: ScanRow): string {
  return gzipSync(JSON.stringify(row)).toString('base64');
}

/** @returns the row with its fields in the order in which they were packed; `bad-input` for anything else */
export function unpackRow(packed: unknown): Result<ScanRow> {
  try {
    const row: unknown = JSON.parse(gunzipSync(Buffer.from(String(packed), 'base64')).toString());
    if (ScanRowSchema.safeParse(row).success) return ok(row as ScanRow);
  } catch {
    // Said below.
  }
  return err('bad-input', 'A worker answered with something else than a row.');
}
