import { basename, extname } from 'node:path';
import type { z } from 'zod';
import type { ScanRow as ScanRowSchema } from '../../shared/contract';
import type { Failure } from '../../shared/domain';
import type { AnalysedRecord } from '../analysis/analyse-record';
import type { ModelFiles } from '../inference/types';

export type ScanRow = z.infer<typeof ScanRowSchema>;

export interface AnalysedForRow extends Pick<AnalysedRecord, 'info'> {
  /** Name of the lead that a single-lead model read. */
  readonly lead: string | null;
  readonly result: Pick<AnalysedRecord['result'], 'segments'>;
}

/** The row of a record that was analysed. */
export function resultRow(
  path: string,
  { card }: Pick<ModelFiles, 'card'>,
  { info, lead, result }: AnalysedForRow,
): ScanRow {
  return {
    record: info.name,
    path: path,
    fs: info.samplingRateHz,
    durationS: info.durationS,
    leads: info.leads.map(({ name }) => name),
    lead,
    model: card.id,
    scheme: card.scheme,
    threshold: card.threshold.value,
    warnings: info.warnings,
    segments: result.segments.map(
      ({ startS, endS, verdict, probability, ectopy, af, reason, refer }) => ({
        startS,
        endS,
        verdict,
        probability: probability === null ? null : rounded(probability),
        ...(ectopy === undefined ? {} : { ectopy: rounded(ectopy) }),
        ...(af === undefined ? {} : { af: rounded(af) }),
        reason,
        refer,
      }),
    ),
  };
}

/** Six digits are more than the model knows; float32's own seventeen only make the file larger. */
function rounded(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}

/** The row of a record that could not be analysed: its name, and why. */
export function errorRow(path: string, { code, message }: Failure): ScanRow {
  return {
    record: basename(path, extname(path)),
    path: path,
    fs: null,
    durationS: null,
    leads: [],
    lead: null,
    model: null,
    scheme: null,
    threshold: null,
    warnings: [],
    segments: [],
    error: { code, message },
  };
}
