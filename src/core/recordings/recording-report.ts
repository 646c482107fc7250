import path from 'node:path';
import { ok, type Lead, type RecordingInfo, type Result } from '../../shared/domain';
import { splitStated, statedPath, type Stated } from '../base/stated-path';
import type { OpenRecording } from '../formats/open-recording';
import { useOnce } from './open-settled';
import { recordingInfo } from './recording-info';

/** A lead with how many samples it has and how it is stored. */
export interface LeadReport extends Lead {
  readonly samples: number;
  readonly storage?: string;
}

/** Everything that a file tells of a recording besides its samples, for people and programs. */
export interface RecordingReport extends Omit<RecordingInfo, 'leads'> {
  readonly path: string;
  readonly leads: readonly LeadReport[];
  /** Names of all files of the recording. */
  readonly files: readonly string[];
  /** True when lengths and checksums were compared with the samples. */
  readonly verified: boolean;
}

/**
 * Reads what there is to say about a recording without its samples; with `verify` also its samples, for their
 * checksums.
 * @param signal stops the verification
 */
export async function recordingReport(
  file: string,
  {
    verify = false,
    signal,
    ...stated
  }: Stated & { readonly verify?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Result<RecordingReport>> {
  const report = async (recording: OpenRecording): Promise<Result<RecordingReport>> => {
    const { leads, warnings, ...info } = await recordingInfo(recording);
    const known = new Set(recording.warnings);
    const verified = verify ? await recording.verify(signal) : ok([]);
    if (!verified.ok) return verified;
    return ok({
      ...info,
      path: splitStated(recording.path).file,
      leads: leads.map((lead, k) => ({
        ...lead,
        samples: recording.leads[k]!.samples,
        ...(recording.leads[k]!.storage ? { storage: recording.leads[k]!.storage } : {}),
      })),
      files: recording.files.map((own) => path.relative(path.dirname(recording.path), own)),
      verified: verify,
      warnings: [...warnings, ...verified.value.filter((warning) => !known.has(warning))],
    });
  };
  return useOnce(statedPath(path.resolve(file), stated), report);
}
