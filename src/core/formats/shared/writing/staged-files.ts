import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Err, type Result, type Warning } from '../../../../shared/domain';
import { errSaid } from '../../../../shared/domain/said';
import { writeFailure } from '../../../base/file-failure';
import { makeFolder } from '../../../base/make-folder';
import { partOf, sweepParts } from '../../../base/write-through';
import type { OpenRecording } from '../../open-recording';
import type { Written, WriteTarget } from './writer';

/** Files that are written beside their names and appear under them all at once, or not at all. */
export interface StagedFiles {
  /** A new file in the folder; `conflict` where the name is taken. */
  create(name: string): Promise<Result<FileHandle>>;
  /** Gives every file its name, in the order of their making, and says where they are. */
  commit(): Promise<Result<string[]>>;
  /** Takes away what was not committed. */
  abandon(): Promise<void>;
}

interface StageOptions {
  /** Replace files that are there. */
  readonly overwrite: boolean;
  /** Files that are being read, which may never be replaced. */
  readonly sources: readonly string[];
}

async function stageFiles(
  folder: string,
  { overwrite, sources }: StageOptions,
): Promise<Result<StagedFiles>> {
  try {
    await makeFolder(folder);
    await sweepParts(folder);
  } catch (cause) {
    return notWritable(folder, cause);
  }
  const read = new Set(sources.map((source) => path.resolve(source)));
  const files: { target: string; partial: string; handle: FileHandle }[] = [];

  async function abandon(): Promise<void> {
    for (const { partial, handle } of files.splice(0)) {
      await handle.close().catch(() => undefined);
      await rm(partial, { force: true });
    }
  }

  return ok({
    async create(name) {
      const target = path.join(folder, name);
      if (read.has(path.resolve(target))) {
        return errSaid('conflict', 'files.beingRead', { target });
      }
      const taken = await stat(target).catch(() => null);
      if (taken && !overwrite) {
        return errSaid('conflict', 'files.existsForce', { target });
      }
      const partial = partOf(target);
      try {
        const handle = await open(partial, 'w');
        files.push({ target, partial, handle });
        return ok(handle);
      } catch (cause) {
        return notWritable(target, cause);
      }
    },
    async commit() {
      const done: string[] = [];
      try {
        for (const { handle } of files) await handle.sync();
        for (const { handle } of files) await handle.close();
        for (const { partial, target } of files) {
          await rename(partial, target);
          done.push(target);
        }
        files.length = 0;
        return ok(done);
      } catch (cause) {
        await abandon();
        // Some files of a recording without the others would look whole.
        for (const target of done) await rm(target, { force: true });
        return notWritable(folder, cause);
      }
    },
    abandon,
  });
}

/**
 * Writes files beside their names in a folder, which is made where it is absent, and gives them these all at once.
 * @param write makes the files and fills them; what it warns of is in the answer
 */
export async function writeStaged(
  { folder, overwrite }: Pick<WriteTarget, 'folder' | 'overwrite'>,
  { files: sources }: Pick<OpenRecording, 'files'>,
  write: (files: StagedFiles) => Promise<Result<Warning[]>>,
): Promise<Result<Written>> {
  const staged = await stageFiles(folder, { overwrite, sources });
  if (!staged.ok) return staged;
  try {
    const warnings = await write(staged.value);
    if (!warnings.ok) return warnings;
    const files = await staged.value.commit();
    return files.ok ? ok({ files: files.value, warnings: warnings.value }) : files;
  } finally {
    await staged.value.abandon();
  }
}

/** Bytes to a file, a system's refusal as a failure. */
export async function writeBytes(
  handle: FileHandle,
  bytes: Uint8Array,
  target: string,
): Promise<Result<null>> {
  try {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
    return ok(null);
  } catch (cause) {
    return notWritable(target, cause);
  }
}

function notWritable(target: string, cause: unknown): Err {
  if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  return writeFailure(target, cause);
}
