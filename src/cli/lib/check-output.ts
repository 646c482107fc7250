import { open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder, partOf, writeFailure } from '../../core/host';
import { ok, type Result } from '../../shared/domain';
import { outputKind, type OutputKind } from './write-output';

/**
 * Finds out before any work is done whether `--out FILE` can be written, by making and removing a file beside it.
 * @param inputs what the command reads
 * @returns as `outputKind`; `not-writable` also on a read-only or full disk
 */
export async function checkOutput(
  out: string,
  inputs: readonly string[] = [],
): Promise<Result<OutputKind>> {
  const kind = await outputKind(out, inputs);
  if (!kind.ok || kind.value !== 'file') return kind;
  const tried = await tryFile(partOf(out), out);
  return tried.ok ? kind : tried;
}

/** The same for a folder to write into, which is made if absent. @returns its absolute path */
export async function checkFolder(out: string): Promise<Result<string>> {
  const folder = resolve(out);
  try {
    await makeFolder(folder);
  } catch (cause) {
    return writeFailure(`The folder ${out}`, cause);
  }
  const tried = await tryFile(partOf(join(folder, 'try')), `The folder ${out}`);
  return tried.ok ? ok(folder) : tried;
}

/** A full disk still lets a file be made: it has to take a byte. */
async function tryFile(path: string, target: string): Promise<Result<void>> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(' ');
      await file.sync();
    } finally {
      await file.close();
    }
    return ok(undefined);
  } catch (cause) {
    return writeFailure(target, cause);
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
