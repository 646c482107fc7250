import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { copyWhole, dataDirectory, writeFailure, writeThrough } from '../../core/host';
import { findRecords, useOnce } from '../../core/workbench';
import { err, ok, type ErrorCode, type Result } from '../../shared/domain';

/** The name of standard output in place of a file. */
export const STDOUT = '-';

/** `--out`: what stands there decides how it is written. */
export type OutputKind = 'stdout' | 'file' | 'device';

/** Endings of what an earlier run of ours wrote. Only what opens as a recording, or is a file of one, is one. */
const ALSO_OURS = /\.(pdf|dcm|jsonl?|csv|tsv|txt|parquet|html)$/i;
/** What is said of a file that holds no recording at all; a damaged one is one. */
const NO_RECORDING: ReadonlySet<string> = new Set<ErrorCode>(['unknown-format', 'unsupported']);

/**
 * Looks at what `--out` names before any work is done. A recording, or a file of one, is never replaced, nor is anything of
 * the store.
 * @param inputs what the command reads
 * @returns `stdout` for `-`; `file` for a regular file, or none yet in a folder that is there; `device` for what is
 *   written to as it is (a terminal, a pipe, /dev/null). `not-writable` for a folder, a socket, no folder around it, or
 *   what is to be kept
 */
export async function outputKind(
  out: string,
  inputs: readonly string[] = [],
): Promise<Result<OutputKind>> {
  if (out === STDOUT) return ok('stdout');
  const found = await statOf(out);
  if (found?.isFile()) {
    const kept = await whatIsThere(out, inputs);
    return kept === null
      ? ok('file')
      : err('not-writable', `--out ${out} is ${kept}, which is not replaced: name another file.`);
  }
  if (found?.isCharacterDevice() || found?.isFIFO()) return ok('device');
  if (found) return err('not-writable', `--out ${out} is no file that could be written.`);
  const folder = dirname(resolve(out));
  if ((await statOf(folder))?.isDirectory()) return ok('file');
  return err('not-writable', `--out ${out} cannot be written: there is no folder ${folder}.`);
}

/** What there is to be kept in a file that is there; null where it may be replaced. */
async function whatIsThere(out: string, inputs: readonly string[]): Promise<string | null> {
  const file = await realpath(out);
  const store = await realpath(dataDirectory()).catch(() => null);
  if (store !== null && dirname(file) === store) return "a file of Fiducial's own";
  const found = await findRecords([file]);
  const [recording] = found.ok ? found.value.paths : [];
  if (recording === undefined) return null;
  const read = await Promise.all(inputs.map((input) => realpath(input).catch(() => input)));
  if (ALSO_OURS.test(file) && !read.includes(file)) {
    const opened = await useOnce(recording, async ({ files }) => ok(files));
    if (!opened.ok && NO_RECORDING.has(opened.error.code)) return null;
    // A report of `100.hea` is `100.pdf` beside it.
    const parts = opened.ok ? [recording, ...opened.value] : [recording];
    const real = await Promise.all(parts.map((part) => realpath(part).catch(() => part)));
    if (!real.includes(file)) return null;
  }
  return 'a recording, or a part of one';
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | null> {
  return stat(path).catch(() => null);
}

/**
 * Writes a command's output: a regular file through a temporary one beside it, so that none is half there; anything
 * else, and `-`, as it is. Every write is checked.
 * @returns `not-writable` where not everything was written
 */
export async function writeOutput(
  out: string,
  parts: Iterable<string | Uint8Array>,
): Promise<Result<void>> {
  const kind = await outputKind(out);
  if (!kind.ok) return kind;
  const target = kind.value === 'stdout' ? 'standard output' : out;
  try {
    if (kind.value === 'stdout') writeParts(process.stdout.fd, parts);
    else if (kind.value === 'device') await into(out, (file) => writeParts(file, parts));
    else
      await writeThrough(out, (part) =>
        into(part, (file) => {
          writeParts(file, parts);
          fsyncSync(file);
        }),
      );
    return ok(undefined);
  } catch (cause) {
    // Whoever reads from a pipe and closes it (`| head`) has what they wanted, as in `watchStdout`.
    const isClosed = (cause as NodeJS.ErrnoException).code === 'EPIPE';
    return isClosed && kind.value !== 'file' ? ok(undefined) : writeFailure(target, cause);
  }
}

async function into(path: string, write: (file: number) => void): Promise<void> {
  const file = openSync(path, 'w');
  try {
    write(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a finished file to where a command's `--out` says, as `writeOutput`. */
export async function copyOutput(from: string, out: string): Promise<Result<void>> {
  const kind = await outputKind(out);
  if (!kind.ok) return kind;
  if (kind.value !== 'file') return writeOutput(out, [await readFile(from)]);
  return copyWhole(from, out);
}

function writeParts(file: number, parts: Iterable<string | Uint8Array>): void {
  for (const part of parts) writeAll(file, Buffer.from(part));
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(file, bytes, written);
    } catch (cause) {
      // A pipe whose reader is slower than we are.
      if ((cause as NodeJS.ErrnoException).code !== 'EAGAIN') throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
