import path from 'node:path';
import { ok, type Failure, type Result } from '../../shared/domain';
import { errSaid, warningSaid } from '../../shared/domain/said';
import { splitStated, statedPath, type Stated } from '../base/stated-path';
import { aecgFormat } from './aecg';
import { cardiosoftFormat } from './cardiosoft';
import { dicomFormat } from './dicom';
import { edfFormat } from './edf';
import type { Format, OpenOptions } from './format';
import { ishneFormat } from './ishne';
import type { OpenRecording } from './open-recording';
import { matFormat } from './mat';
import { museFormat } from './muse';
import { philipsFormat } from './philips';
import { scpFormat } from './scp';
import { splitArchivePath } from './shared/archive-path';
import { readFileHead } from './shared/file-head';
import { statedNotUsed } from './shared/stated-not-used';
import { textFormat } from './text';
import { wfdb } from './wfdb/wfdb-format';
import { createZipFormat } from './zip';

/**
 * Every format of single recordings, in the order in which they are asked whether a file is theirs: those that know
 * their own by a mark first, those that guess from text last.
 */
const FILE_FORMATS: readonly Format[] = [
  wfdb,
  edfFormat,
  dicomFormat,
  ishneFormat,
  scpFormat,
  aecgFormat,
  museFormat,
  philipsFormat,
  cardiosoftFormat,
  matFormat,
  textFormat,
];

const zip = createZipFormat(FILE_FORMATS, openRecording);

/** Every format that Fiducial opens, archives of recordings among them. */
export const FORMATS: readonly Format[] = [...FILE_FORMATS, zip];

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
 * Opens a recording of any format: see `recordingAt` for what a path may be.
 * @param file absolute path, with what a person stated of the file where it leaves something out (`statedPath`)
 * @returns a recording (close it), or a failure with one sentence that names file and field
 */
export async function openRecording(
  file: string,
  options: OpenOptions = {},
): Promise<Result<OpenRecording>> {
  const { file: plain, stated } = splitStated(file);
  // A file may be called so all the same.
  if (!stated || (await readFileHead(file)).ok) return openFile(file, options);
  let needed: OpenOptions = {};
  for (;;) {
    const opened = await openFile(plain, { ...options, ...needed });
    const more = opened.ok ? {} : answersTo(opened.error, stated, needed);
    if (Object.keys(more).length > 0) needed = { ...needed, ...more };
    else return opened.ok ? ok(withStated(opened.value, needed, stated)) : opened;
  }
}

/** What a person stated of what a file turned out to leave out: what the file says itself is not overruled. */
function answersTo({ code, details }: Failure, stated: Stated, given: Stated): OpenOptions {
  if (code !== 'needs-option') return {};
  const missing = (details as { missing?: readonly (keyof Stated)[] } | undefined)?.missing ?? [];
  const answered = missing.filter(
    (name) => stated[name] !== undefined && given[name] === undefined,
  );
  return Object.fromEntries(answered.map((name) => [name, stated[name]]));
}

async function openFile(file: string, options: OpenOptions): Promise<Result<OpenRecording>> {
  const found = await recordingAt(file);
  return found.ok ? found.value.format.open(found.value.path, options) : found;
}

/**
 * A recording that says what of it was stated and not read, and what was stated in vain, and whose path opens it in the
 * same way.
 */
function withStated(recording: OpenRecording, needed: Stated, stated: Stated): OpenRecording {
  const inVain = {
    ...(needed.samplingRateHz === undefined ? optional('fs', stated.samplingRateHz) : {}),
    ...(needed.gainAduPerMv === undefined ? optional('gain', stated.gainAduPerMv) : {}),
  };
  const fs = recording.leads.map(({ samplingRateHz }) => samplingRateHz);
  const gain = recording.leads.map(({ gainAduPerUnit }) => gainAduPerUnit);
  const unused = statedNotUsed(inVain, { fs, gain });
  const read = withNeeded(recording, needed);
  return unused.length > 0 ? { ...read, warnings: [...read.warnings, ...unused] } : read;
}

const optional = (option: string, value: number | undefined): Record<string, number> =>
  value === undefined ? {} : { [option]: value };

function withNeeded(recording: OpenRecording, needed: Stated): OpenRecording {
  if (Object.keys(needed).length === 0) return recording;
  const { samplingRateHz, gainAduPerMv } = needed;
  const rate = samplingRateHz ?? null;
  const gain = gainAduPerMv ?? null;
  const warning =
    rate !== null && gain !== null
      ? warningSaid('stated', 'warnings.statedBoth', { rate, gain })
      : rate !== null
        ? warningSaid('stated', 'warnings.statedRate', { rate })
        : warningSaid('stated', 'warnings.statedGain', { gain: gain ?? '' });
  return {
    ...recording,
    path: statedPath(recording.path, needed),
    warnings: [warning, ...recording.warnings],
  };
}

/** A file that is a recording, and how to open it. */
export interface RecordingFile {
  readonly path: string;
  readonly format: Format;
}

/**
 * The recording that a person means by a path: the file itself, the recording that it belongs to (`100.dat`), a WFDB
 * record's name without an ending, or an entry of an archive (`/x/a.zip!/100.hea`).
 * @param file absolute path
 * @returns `unknown-format`, `not-found`, `not-readable`
 */
export async function recordingAt(file: string): Promise<Result<RecordingFile>> {
  const head = await readFileHead(file);
  if (!head.ok && head.error.code !== 'not-found') return head;
  if (!head.ok && (await splitArchivePath(file))) return ok({ path: file, format: zip });
  const own = head.ok ? FORMATS.find((format) => format.recognises(head.value)) : undefined;
  const whole = own ? await own.partOf?.(file) : null;
  if (whole) return recordingAt(whole);
  if (own) return ok({ path: file, format: own });
  for (const format of FORMATS) {
    const recording = await format.recordingOf?.(file, head.ok ? head.value : null);
    if (recording && recording !== file) return ok({ path: recording, format });
  }
  if (!head.ok) return head;
  return errSaid('unknown-format', 'failures.unknownFormat', { name: path.basename(file) });
}
