import { basename, extname } from 'node:path';
import type { z } from 'zod';
import type { ScanRow as ScanRowSchema } from '../../shared/contract';
import type { Failure, Teaching } from '../../shared/domain';
import type { Findings } from '../findings/findings';
import { mainRhythm } from '../findings/main-rhythm';
import type { AnalysedRecord } from '../analysis/analyse-record';
import type { ModelFiles } from '../inference/types';

export type ScanRow = z.infer<typeof ScanRowSchema>;

/** What a row takes from what was found, after a reader's decisions where there are any. */
export type FoundForRow = Pick<
  Findings,
  'analysableS' | 'counts' | 'findings' | 'heartRate' | 'leads' | 'segments'
>;

export interface AnalysedForRow extends Pick<AnalysedRecord, 'info'> {
  /** Name of the lead that a single-lead model read. */
  readonly lead: string | null;
  readonly findings: FoundForRow;
  readonly teaching: Teaching | null;
}

/** The row of a record that was analysed. */
export function resultRow(
  path: string,
  { card }: Pick<ModelFiles, 'card'>,
  { info, lead, findings, teaching }: AnalysedForRow,
): ScanRow {
  const { analysableS, segments, heartRate } = findings;
  return {
    record: info.name,
    path,
    format: info.format,
    fs: info.samplingRateHz,
    durationS: info.durationS,
    analysableS,
    leads: [...findings.leads],
    lead,
    model: card.id,
    scheme: card.scheme,
    threshold: card.threshold.value,
    warnings: info.warnings,
    rhythm: mainRhythm(findings, segments),
    heartRate,
    findings: [...findings.findings],
    teaching,
    segments: segments.map(({ startS, endS, verdict, probability, ectopy, af, reason, refer }) => ({
      startS,
      endS,
      verdict,
      // Six decimals are more than the model knows; float32's own seventeen only make the file larger.
      probability: sixDecimals(probability),
      reason,
      refer,
      ...(ectopy !== undefined && { ectopy: sixDecimals(ectopy) }),
      ...(af !== undefined && { af: sixDecimals(af) }),
    })),
  };
}

function sixDecimals<T extends number | null>(probability: T): T {
  return (probability === null ? null : Math.round(probability * 1e6) / 1e6) as T;
}

/** The row of a record that could not be analysed: its name, and why. */
export function errorRow(path: string, { code, message, said }: Failure): ScanRow {
  return {
    record: basename(path, extname(path)),
    path,
    format: null,
    fs: null,
    durationS: null,
    analysableS: null,
    leads: [],
    lead: null,
    model: null,
    scheme: null,
    threshold: null,
    warnings: [],
    rhythm: null,
    heartRate: null,
    findings: [],
    teaching: null,
    segments: [],
    error: { code, message, ...(said && { said }) },
  };
}
