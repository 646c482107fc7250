import { mkdtemp, readFile, rm, stat, symlink, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { err, ok, type Result, type Warning } from '../../shared/domain';
import { MITBIH_LAYOUT, type HeaderlessOptions } from '../formats/wfdb';
import { fileFailure } from '../base/file-failure';

export interface StagedRecord {
  readonly path: string;
  /** What was assumed because nothing said it. */
  readonly warnings: readonly Warning[];
  /** Removes what was made; the signal file itself stays. */
  remove(): Promise<void>;
}

export interface StageOptions {
  readonly signalPath: string;
  /** A header for this signal file, wherever it lies and whatever file name it mentions; null for none. */
  readonly headerPath: string | null;
  /** Where to put the record; a temporary folder that `remove` takes away, where none is given. */
  readonly folder?: string;
  /** How to read a file without a header; MIT-BIH's layout by default. */
  readonly layout?: Partial<HeaderlessOptions>;
}

/**
 * Joins a signal file and a header (one that came with it, or one made from a stated layout) to a record in a
 * folder of its own, so that everything else reads it like any other.
 */
export async function stageUpload(options: StageOptions): Promise<Result<StagedRecord>> {
  const signalPath = resolve(options.signalPath);
  try {
    if (!(await stat(signalPath)).isFile()) {
      return err('not-wfdb', `${basename(signalPath)} is not a regular file.`);
    }
  } catch (cause) {
    return { ok: false, error: fileFailure(signalPath, cause) };
  }
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'fiducial-')));
  const remove = async (): Promise<void> => {
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  const staged = await stageInto(folder, signalPath, options);
  if (!staged.ok) {
    await remove();
    return staged;
  }
  return ok({ ...staged.value, remove });
}

async function stageInto(
  folder: string,
  signalPath: string,
  { headerPath, layout }: StageOptions,
): Promise<Result<Omit<StagedRecord, 'remove'>>> {
  let header: { text: string; name: string; signalFile: string };
  const warnings: Warning[] = [];
  if (headerPath === null) {
    const made = headerFor({ ...MITBIH_LAYOUT, ...layout });
    if (!made.ok) return made;
    header = { text: made.value, name: 'upload', signalFile: 'upload.dat' };
    const { format, signals, fs, gain, baseline } = { ...MITBIH_LAYOUT, ...layout };
    warnings.push({
      code: 'no-header',
      message: `There is no header: read as format ${format}, ${signals} signals, ${fs} Hz, ${gain} ADU/mV, baseline ${baseline}.`,
    });
  } else {
    const given = await readUploadedHeader(headerPath);
    if (!given.ok) return given;
    header = given.value;
  }
  const path = join(folder, `${header.name}.hea`);
  try {
    await writeFile(path, header.text, 'latin1');
    const target = join(folder, header.signalFile);
    // A link costs nothing; where the system does not allow one (Windows), a copy does.
    await symlink(signalPath, target).catch(() => copyFile(signalPath, target));
  } catch (cause) {
    return { ok: false, error: fileFailure(folder, cause) };
  }
  return ok({ path, warnings });
}

/** A record line and signal lines as header(5) wants them. */
function headerFor(layout: HeaderlessOptions): Result<string> {
  const { format, signals, fs, gain, baseline } = layout;
  if (![8, 16, 24, 32, 61, 80, 160, 212, 310, 311].includes(format)) {
    return err('bad-input', `The option format is ${format}, which is no WFDB signal format.`);
  }
  if (!(Number.isInteger(signals) && signals >= 1 && signals <= 256)) {
    return err('bad-input', `The option signals is ${signals}; 1 to 256 can be read.`);
  }
  if (!(fs > 0 && fs <= 100_000)) return err('bad-input', `The option fs is ${fs}, no rate in Hz.`);
  if (!Number.isFinite(gain) || gain === 0) {
    return err('bad-input', `The option gain is ${gain}, no number of ADU per mV.`);
  }
  if (!Number.isInteger(baseline)) {
    return err('bad-input', `The option baseline is ${baseline}, no whole number of ADU.`);
  }
  const line = `upload.dat ${format} ${gain}(${baseline})/mV 0 ${baseline}`;
  return ok(`upload ${signals} ${fs}\n${Array(signals).fill(line).join('\n')}\n`);
}

const LARGEST_HEADER_BYTES = 1 << 20;

/**
 * A header that came with one signal file: single-segment, all its signals in one file, whose name must be a
 * plain one (a header may not send us through the file system).
 */
async function readUploadedHeader(
  path: string,
): Promise<Result<{ text: string; name: string; signalFile: string }>> {
  const shown = basename(path);
  let text: string;
  try {
    if ((await stat(path)).size > LARGEST_HEADER_BYTES) {
      return err('too-large', `${shown} is too large for a header.`);
    }
    text = await readFile(path, 'latin1');
  } catch (cause) {
    return { ok: false, error: fileFailure(path, cause) };
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const name = lines[0]?.trim().split(/\s+/)[0] ?? '';
  if (name.includes('/')) {
    return err('unsupported', `${shown} describes several segments; send one segment's record.`);
  }
  if (!/^[\w.-]{1,100}$/.test(name))
    return err('bad-header', `${shown} names no record in its first line.`);
  const declared = Number(lines[0]!.trim().split(/\s+/)[1] ?? 0);
  const files = new Set(
    lines
      .slice(1, Number.isInteger(declared) && declared > 0 ? 1 + declared : undefined)
      .map((line) => line.trim().split(/\s+/)[0]!),
  );
  const [signalFile, ...more] = [...files];
  if (!signalFile || more.length > 0) {
    return err(
      'unsupported',
      `${shown} describes ${files.size} signal files; a prediction takes one.`,
    );
  }
  if (!/^[\w.-]{1,120}$/.test(signalFile) || signalFile.startsWith('.')) {
    return err('bad-header', `${shown} names "${signalFile}", which is no plain file name.`);
  }
  return ok({ text, name, signalFile });
}
