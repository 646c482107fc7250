import path from 'node:path';
import { err, ok, type Result } from '../../shared/domain';
import { aecg } from './aecg';
import { cardiosoft } from './cardiosoft';
import { dicomFormat } from './dicom';
import { edfFormat } from './edf';
import type { Format, OpenOptions } from './format';
import { ishneFormat } from './ishne';
import type { OpenRecording } from './open-recording';
import { muse } from './muse';
import { philips } from './philips';
import { scp } from './scp';
import { readFileHead } from './shared/file-head';

/**
 * Every format that Fiducial opens, in the order in which they are asked whether a file is theirs: those that know
 * their own by a mark first, those that guess from text last.
 */
export const FORMATS: readonly Format[] = [
  edfFormat,
  dicomFormat,
  ishneFormat,
  scp,
  aecg,
  muse,
  philips,
  cardiosoft,
];

/**
 * The format of a file, by its content alone.
 * @returns null where it is of none; `not-found`, `not-readable`
 */
export async function recogniseFile(file: string): Promise<Result<Format | null>> {
  const head = await readFileHead(file);
  if (!head.ok) return head;
  return ok(FORMATS.find((format) => format.recognises(head.value)) ?? null);
}

/**
 * Opens a recording of any format. A file that belongs to a recording without being one (`100.dat`, `x.ann`) opens
 * the recording that it belongs to.
 * @param file absolute path
 * @returns a recording (close it), or a failure with one sentence that names file and field
 */
export async function openRecording(
  file: string,
  options: OpenOptions = {},
): Promise<Result<OpenRecording>> {
  const head = await readFileHead(file);
  if (!head.ok) return head;
  const format = FORMATS.find((candidate) => candidate.recognises(head.value));
  if (format) return format.open(file, options);
  for (const candidate of FORMATS) {
    const recording = await candidate.recordingOf?.(file, head.value);
    if (recording && recording !== file) return openRecording(recording, options);
  }
  return err(
    'unknown-format',
    `${path.basename(file)} is in none of the recording formats that Fiducial reads.`,
  );
}
