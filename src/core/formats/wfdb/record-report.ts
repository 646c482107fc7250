import type { Lead, RecordingInfo, Result } from '../../../shared/domain';
import { ok } from '../../../shared/domain';
import path from 'node:path';
import { openRecord } from './open-record';
import { recordingInfo } from './recording-info';
import type { RecordReader, SignalSpec } from './types';

/** A lead with how it is stored. */
export interface LeadReport extends Lead {
  readonly file: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  readonly skewFrames: number;
}

/** Everything a header tells of a record, for people and programs. */
export interface RecordReport extends Omit<RecordingInfo, 'recordingId' | 'leads'> {
  readonly header: string;
  readonly frames: number;
  readonly leads: readonly LeadReport[];
  /** Names of all files of the record. */
  readonly files: readonly string[];
  /** True when lengths and checksums were compared with the samples. */
  readonly verified: boolean;
}

/**
 * Reads what there is to say about a record without its samples; with `verify` also its samples, for their checksums.
 * @param signal stops the verification
 */
export async function recordReport(
  recordPath: string,
  options: { readonly verify?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Result<RecordReport>> {
  const opened = await openRecord(recordPath);
  if (!opened.ok) return opened;
  const reader = opened.value;
  try {
    const { leads, warnings, ...info } = await recordingInfo(reader, '');
    const known = new Set(reader.warnings);
    const verified = options.verify ? await reader.verify(options.signal) : ok([]);
    if (!verified.ok) return verified;
    return ok({
      name: info.name,
      folder: info.folder,
      header: reader.headerPath,
      samplingRateHz: info.samplingRateHz,
      frames: reader.frames,
      durationS: info.durationS,
      startClock: info.startClock,
      patient: info.patient,
      synthetic: info.synthetic,
      leads: leads.map((lead, k) => ({ ...lead, ...storage(reader.signals[k]!) })),
      annotators: info.annotators,
      comments: info.comments,
      files: reader.files.map((file) => fileName(reader, file)),
      verified: options.verify ?? false,
      warnings: [...warnings, ...verified.value.filter((warning) => !known.has(warning))],
    });
  } finally {
    await reader.close();
  }
}

function storage(spec: SignalSpec): Omit<LeadReport, keyof Lead> {
  return {
    file: spec.fileName,
    format: spec.format,
    samplesPerFrame: spec.samplesPerFrame,
    skewFrames: spec.skewFrames,
  };
}

function fileName(reader: RecordReader, file: string): string {
  return path.relative(path.dirname(reader.headerPath), file);
}
