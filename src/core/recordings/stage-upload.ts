import { copyFile, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { err, ok, type Result, type Warning } from '../../shared/domain';
import { fileFailure } from '../base/file-failure';
import { statedPath } from '../base/stated-path';
import { removeTemporaryFolder, temporaryFolder } from '../base/temporary-folders';
import { recordingsIn } from '../formats/find-in-folder';
import { FORMATS, recogniseFile } from '../formats/list';
import { statedNotUsed } from '../formats/shared/stated-not-used';
import { MITBIH_LAYOUT, readHeader, type HeaderlessOptions } from '../formats/wfdb';
import { HIGHEST_RATE_HZ } from './lead-signal';
import { notSamples } from './what-it-is';

export interface StagedRecord {
  readonly path: string;
  /** What was assumed because nothing said it. */
  readonly warnings: readonly Warning[];
  /** Removes what was made; the signal file itself stays. */
  remove(): Promise<void>;
}

export interface StageUploadOptions {
  readonly signalPath: string;
  /** A header for this signal file, wherever it lies and whatever file name it mentions; null for none. */
  readonly headerPath: string | null;
  /** Names that the sender gave to the files, for messages; by default those on the disk. */
  readonly signalName?: string;
  readonly headerName?: string;
  /** Where to put the record; a temporary folder that `remove` takes away, where none is given. */
  readonly folder?: string;
  /** How to read a file without a header, MIT-BIH's layout by default; rate and gain of one that leaves them out. */
  readonly layout?: Partial<HeaderlessOptions>;
}

/**
 * Takes a file of a format that needs no header as it is, and joins a WFDB signal file and a header (one that came with it,
 * or one made from a stated layout) to a record in a folder of its own, so that everything else reads it like any other.
 * @returns `unknown-format` for a file without a header that cannot be samples
 */
export async function stageUpload(options: StageUploadOptions): Promise<Result<StagedRecord>> {
  const signalPath = resolve(options.signalPath);
  const shown = options.signalName ?? basename(signalPath);
  try {
    if (!(await stat(signalPath)).isFile()) {
      return err('not-wfdb', `${shown} is not a regular file.`);
    }
  } catch (cause) {
    return { ok: false, error: fileFailure(signalPath, cause) };
  }
  if (options.headerPath === null) {
    const own = await recordingOfItsOwn(signalPath, shown);
    if (!own.ok) return own;
    if (own.value !== null) {
      // Whoever opens it asks for rate and gain where they are missing, and says where they are not used.
      const { fs, gain, ...rest } = options.layout ?? {};
      const path = statedPath(own.value, { samplingRateHz: fs, gainAduPerMv: gain });
      return ok({ path, warnings: statedNotUsed(rest, {}), remove: () => Promise.resolve() });
    }
    const other = await notSamples(signalPath);
    if (!other.ok) return other;
    if (other.value !== null) {
      return err(
        'unknown-format',
        `${shown} is ${other.value}, not the samples of a recording; bare samples need their header (.hea).`,
      );
    }
    const named = formatNamed(shown);
    if (named !== null && !isLayoutStated(options.layout)) {
      return err(
        'unknown-format',
        `${shown} is called a file of ${named}, and holds none that can be read. Samples without a header are read where format and signals are stated.`,
      );
    }
  }
  const folder = options.folder ?? (await temporaryFolder('samples'));
  const remove = async (): Promise<void> => {
    if (options.folder === undefined) await removeTemporaryFolder(folder);
  };
  const staged = await stageInto(folder, signalPath, options);
  if (!staged.ok) {
    await remove();
    return staged;
  }
  return ok({ ...staged.value, remove });
}

/**
 * The formats that a name's ending stands for, in words; null where it stands for none, or for files of WFDB. What is left
 * of a damaged file is no samples of MIT-BIH, and a verdict on them would be one on noise.
 */
function formatNamed(name: string): string | null {
  const ending = extname(name).slice(1).toLowerCase();
  const titles = FORMATS.filter(
    ({ id, extensions }) => id !== 'wfdb' && extensions.includes(ending),
  ).map(({ title }) => title);
  return titles.length > 0 ? titles.join(', ') : null;
}

function isLayoutStated({ format, signals }: Partial<HeaderlessOptions> = {}): boolean {
  return format !== undefined && signals !== undefined;
}

/** The path that opens a file of a format that needs no header; null for one that has none of its own. */
async function recordingOfItsOwn(file: string, shown: string): Promise<Result<string | null>> {
  const format = await recogniseFile(file);
  if (!format.ok) return format;
  if (!format.value || format.value.id === 'wfdb') return ok(null);
  const inside = await recordingsIn({ path: file, format: format.value });
  if (inside.length === 1) return ok(inside[0]!);
  return err('bad-input', `${shown} holds ${inside.length} recordings; a prediction takes one.`);
}

async function stageInto(
  folder: string,
  signalPath: string,
  options: StageUploadOptions,
): Promise<Result<Omit<StagedRecord, 'remove'>>> {
  const header =
    options.headerPath === null
      ? madeHeader(options.layout)
      : await uploadedHeader(options.headerPath, options.headerName, options.layout);
  if (!header.ok) return header;
  const { name, signalFile, text, warnings } = header.value;
  const path = join(folder, `${name}.hea`);
  try {
    if (text === null) await copyFile(options.headerPath!, path);
    else await writeFile(path, text, 'latin1');
    const target = join(folder, signalFile);
    // A link costs nothing; where the system does not allow one (Windows), a copy does.
    await symlink(linkTo(signalPath, folder), target).catch(() => copyFile(signalPath, target));
  } catch (cause) {
    return { ok: false, error: fileFailure(folder, cause) };
  }
  return ok({ path, warnings });
}

/** What lies in the folder is named from there: a folder that is moved is read elsewhere. */
function linkTo(file: string, folder: string): string {
  const inside = relative(resolve(folder), file);
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
}

interface StagedHeader {
  readonly name: string;
  readonly signalFile: string;
  /** Null for a header that is taken over byte for byte. */
  readonly text: string | null;
  readonly warnings: readonly Warning[];
}

/** A record line and signal lines as header(5) wants them. */
function madeHeader(stated: Partial<HeaderlessOptions> = {}): Result<StagedHeader> {
  const { format, signals, fs, gain, baseline } = { ...MITBIH_LAYOUT, ...stated };
  if (![8, 16, 24, 32, 61, 80, 160, 212, 310, 311].includes(format)) {
    return err('bad-input', `The option format is ${format}, which is no WFDB signal format.`);
  }
  if (!(Number.isInteger(signals) && signals >= 1 && signals <= 256)) {
    return err('bad-input', `The option signals is ${signals}; 1 to 256 can be read.`);
  }
  if (!(fs > 0 && fs <= HIGHEST_RATE_HZ))
    return err('bad-input', `The option fs is ${fs}, no rate in Hz.`);
  if (!Number.isFinite(gain) || gain === 0) {
    return err('bad-input', `The option gain is ${gain}, no number of ADU per mV.`);
  }
  if (!Number.isInteger(baseline)) {
    return err('bad-input', `The option baseline is ${baseline}, no whole number of ADU.`);
  }
  const line = `upload.dat ${format} ${gain}(${baseline})/mV 0 ${baseline}`;
  return ok({
    name: 'upload',
    signalFile: 'upload.dat',
    text: `upload ${signals} ${fs}\n${Array(signals).fill(line).join('\n')}\n`,
    warnings: [
      {
        code: 'no-header',
        message: `There is no header: read as format ${format}, ${signals} signals, ${fs} Hz, ${gain} ADU/mV, baseline ${baseline}.`,
      },
    ],
  });
}

/**
 * A header that came with one signal file: single-segment, all its signals in one file, whose name must be a
 * plain one (a header may not send us through the file system). Read by the one reader of headers.
 */
async function uploadedHeader(
  headerPath: string,
  givenName?: string,
  stated: Partial<HeaderlessOptions> = {},
): Promise<Result<StagedHeader>> {
  const shown = givenName ?? basename(headerPath);
  const header = await readHeader(headerPath, shown);
  if (!header.ok) return header;
  const { name, segments, signals, frameRateHz } = header.value;
  if (segments) {
    return err('unsupported', `${shown} describes several segments; send one segment's record.`);
  }
  if (!/^[\w.-]{1,100}$/.test(name) || name.startsWith('.')) {
    return err('bad-header', `${shown} names no record in its first line.`);
  }
  const files = [...new Set(signals.map(({ fileName }) => fileName))];
  if (files.length !== 1) {
    return err(
      'unsupported',
      `${shown} describes ${files.length} signal files; a prediction takes one.`,
    );
  }
  const signalFile = files[0]!;
  if (!/^[\w.-]{1,120}$/.test(signalFile) || signalFile.startsWith('.')) {
    return err('bad-header', `${shown} names "${signalFile}", which is no plain file name.`);
  }
  if (signalFile.toLowerCase() === `${name}.hea`.toLowerCase()) {
    return err('bad-header', `${shown} names itself as its signal file.`);
  }
  const warnings = statedNotUsed(stated, {
    fs: [frameRateHz],
    gain: signals.map(({ gainAduPerUnit }) => gainAduPerUnit),
    format: signals.map(({ format }) => format),
    signals: [signals.length],
    baseline: signals.map(({ baselineAdu }) => baselineAdu),
  });
  return ok({ name, signalFile, text: null, warnings });
}
