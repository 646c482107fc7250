import { dirname } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { modelSha256 } from '../inference/model-hash';
import type { Models } from '../analysis/models';
import type { RecordingScan, Scanner } from './scan-recordings';
import type { ScanRow } from './scan-row';

export interface RecordingToScan {
  readonly path: string;
  readonly modelId: string;
  /** What the asker's model has (`modelSha256`): another one's rows are none of this scan. */
  readonly modelSha256: string;
  /** As in a scan of many. */
  readonly lead: RecordingScan['lead'];
  readonly stated: RecordingScan['stated'];
  /** File for the PDF report; null for none. */
  readonly report: string | null;
  readonly signal: AbortSignal;
}

/**
 * The row of one recording for a scan that goes on elsewhere, made as any scan makes it: one that cannot be analysed
 * gives an error row.
 * @returns `conflict` where the model of that name is another here; `cancelled`
 */
export type ScanOne = (recording: RecordingToScan) => Promise<Result<ScanRow>>;

export function createScanOne(dependencies: {
  readonly scanner: Scanner;
  readonly models: Models;
}): ScanOne {
  const { scanner, models } = dependencies;
  return async ({ path, modelId, modelSha256: wanted, report, ...asked }) => {
    // One that is not in use any more, if it is still here: a scan that goes on while another is adopted stays one scan.
    const model = await models.that(modelId, wanted);
    if (!model.ok) return model;
    if (modelSha256(model.value) !== wanted) {
      return errSaid('conflict', 'files.otherModelHere', { model: modelId });
    }
    const rows: ScanRow[] = [];
    const scanned = await scanner.scan({
      paths: [path],
      model: model.value,
      reports: report === null ? null : { path: dirname(report), fileOf: () => report },
      workers: 1,
      ...asked,
      onRow: (row) => void rows.push(row),
    });
    return scanned.ok ? ok(rows[0]!) : scanned;
  };
}
