import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { removeTemporaryFolder } from '../../core/host';

/**
 * The folder that the servers of a queue share: for every prediction one folder with what was sent, until it is
 * computed, and its answer, until that is deleted or old.
 */
export interface JobFolder {
  /** A word of its own, by which servers know that they see the same folder. */
  readonly word: string;
  of(name: string): string;
  /** Where the recording of a job lies. */
  uploadOf(name: string): string;
  /** A name for its answer, from its folder: another one every time, as another server may still write one. */
  newAnswer(): string;
  /** Moves an upload here. */
  take(name: string, upload: string): Promise<void>;
  /** Takes away what was sent, and answers that are another server's, which lost the job meanwhile. */
  keepOnly(name: string, answer: string | null): Promise<void>;
  drop(name: string): Promise<void>;
  /** Jobs of which something lies here for longer than a while. */
  olderThan(ms: number): Promise<readonly string[]>;
}

const WORD_FILE = '.fiducial-jobs';
/** Nothing else in the folder is touched. */
const JOB = /^p[0-9a-f]{48}$/;
const UPLOAD = 'upload';
const MOST_TRIES = 50;
const TRY_MS = 20;

/** Opens the folder, and makes it where it is absent. @throws what the system says of one that cannot be had */
export async function openJobFolder(dir: string): Promise<JobFolder> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const word = await wordOf(join(dir, WORD_FILE));
  const of = (name: string): string => join(dir, name);
  const uploadOf = (name: string): string => join(dir, name, UPLOAD);
  return {
    word,
    of,
    uploadOf,
    newAnswer: () => `answer-${randomUUID()}.json`,
    async take(name, upload) {
      await mkdir(of(name), { mode: 0o700 });
      try {
        await rename(upload, uploadOf(name));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EXDEV') throw cause;
        // Another disk. A job is added when all of it is there.
        await cp(upload, uploadOf(name), { recursive: true, verbatimSymlinks: true });
        await removeTemporaryFolder(upload);
      }
    },
    async keepOnly(name, answer) {
      const inside = await readdir(of(name)).catch(() => []);
      const others = inside.filter((entry) => entry !== answer);
      await Promise.all(others.map((entry) => removeTemporaryFolder(join(of(name), entry))));
    },
    drop: (name) => removeTemporaryFolder(of(name)),
    async olderThan(ms) {
      const names = (await readdir(dir)).filter((name) => JOB.test(name));
      const old: string[] = [];
      for (const name of names) {
        const found = await stat(of(name)).catch(() => null);
        if (found && Date.now() - found.mtimeMs > ms) old.push(name);
      }
      return old;
    },
  };
}

/** Of several servers that begin at once the first one's word stays. */
async function wordOf(file: string): Promise<string> {
  const own = randomBytes(16).toString('hex');
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    // Another server may have made the file a moment ago, and not have written it yet.
    const word = await readFile(file, 'utf8').catch(() => null);
    if (word) return word;
    if (word === null && (await isFirst(file, own))) return own;
    await wait(TRY_MS);
  }
  // Whoever made it was gone before it could write, or had no room: an empty word would fit every folder.
  await writeFile(file, own);
  return readFile(file, 'utf8');
}

async function isFirst(file: string, word: string): Promise<boolean> {
  try {
    await writeFile(file, word, { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}
