import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  isWriteRefusal,
  removeTemporaryFolder,
  temporaryFolder,
  writeFailure,
} from '../../core/host';
import { err, type Failure, type Result } from '../../shared/domain';
import { randomToken } from '../guard';
import type { AnswerParts } from './answer';
import type { Prepared } from './prediction';

/** A prediction that its caller does not wait for. Its answer lies on disk, however long its signal is. */
export type Job =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'done'; readonly file: string; readonly bytes: number }
  | { readonly state: 'failed'; readonly error: Failure };

export interface Jobs {
  /**
   * Takes over the folder of an upload.
   * @returns the job's id, which nobody can guess; null where there is no room for it, and the folder stays the caller's
   */
  add(folder: string, prepared: Prepared): Promise<string | null>;
  find(id: string): Job | null;
  /** Breaks a job off, or forgets its answer. @returns whether there was one */
  remove(id: string): Promise<boolean>;
  count(state: Job['state']): number;
  /** Breaks everything off; nothing is left on disk. */
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly limits: {
    readonly jobs: number;
    readonly jobBytes: number;
    readonly answerBytes: number;
    readonly keptMs: number;
    readonly timeoutMs: number;
  };
  compute(
    prepared: Prepared,
    signal: AbortSignal,
    onStart: () => void,
  ): Promise<Result<AnswerParts>>;
  textOf(answer: AnswerParts, signal: AbortSignal): AsyncIterable<string>;
}

interface Entry {
  job: Job;
  /** Folders that go with the job. */
  readonly folders: string[];
  bytes: number;
  /** What its answer takes on disk, as far as it is written. */
  answerBytes: number;
  readonly stop: AbortController;
  timer: NodeJS.Timeout | null;
  ended: Promise<void>;
}

export function createJobs({ limits, compute, textOf }: JobsOptions): Jobs {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const room = createRoom(limits.answerBytes);

  async function run(id: string, entry: Entry, prepared: Prepared): Promise<void> {
    const { stop } = entry;
    try {
      const answer = await compute(prepared, stop.signal, () => {
        entry.job = { state: 'running' };
        entry.timer = setTimeout(() => stop.abort(new Error('timeout')), limits.timeoutMs);
      });
      entry.job = answer.ok
        ? await written(entry, textOf(answer.value, stop.signal))
        : { state: 'failed', error: said(answer.error, stop.signal) };
    } catch (cause) {
      entry.job = { state: 'failed', error: failureOf(cause, stop.signal) };
    }
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    bytes -= entry.bytes;
    entry.bytes = 0;
    // The upload is not needed any more; an answer lies in a folder of its own. What is left is swept at the next start.
    await removeTemporaryFolder(entry.folders.shift()!);
    if (!entries.has(id)) return;
    entry.timer = setTimeout(() => void remove(id), limits.keptMs);
    entry.timer.unref();
  }

  async function written(entry: Entry, text: AsyncIterable<string>): Promise<Job> {
    const folder = await temporaryFolder('answer');
    entry.folders.push(folder);
    const file = join(folder, 'answer.json');
    const { signal } = entry.stop;
    const parts = Readable.from(room.take(entry, text), { objectMode: false });
    try {
      await pipeline(parts, createWriteStream(file), { signal });
    } catch (cause) {
      await forgetAnswer(entry);
      if (!(cause instanceof NoRoom)) throw cause;
      return { state: 'failed', error: NO_ROOM };
    }
    return { state: 'done', file, bytes: (await stat(file)).size };
  }

  async function forgetAnswer(entry: Entry): Promise<void> {
    const folders = entry.folders.splice(1);
    await Promise.all(folders.map((folder) => removeTemporaryFolder(folder)));
    room.leave(entry);
  }

  async function remove(id: string): Promise<boolean> {
    const entry = entries.get(id);
    if (!entry) return false;
    entries.delete(id);
    entry.stop.abort(new Error('removed'));
    if (entry.timer) clearTimeout(entry.timer);
    await entry.ended;
    await Promise.all(entry.folders.map((folder) => removeTemporaryFolder(folder)));
    room.leave(entry);
    return true;
  }

  return {
    async add(folder, prepared) {
      const size = await sizeOf(folder);
      if (entries.size >= limits.jobs || bytes + size > limits.jobBytes) return null;
      // One that could not be answered is better not begun.
      if (room.isFull()) return null;
      const id = randomToken();
      const entry: Entry = {
        job: { state: 'waiting' },
        folders: [folder],
        bytes: size,
        answerBytes: 0,
        stop: new AbortController(),
        timer: null,
        ended: Promise.resolve(),
      };
      bytes += size;
      entries.set(id, entry);
      entry.ended = run(id, entry, prepared);
      return id;
    },
    find: (id) => entries.get(id)?.job ?? null,
    remove,
    count: (state) => [...entries.values()].filter(({ job }) => job.state === state).length,
    async close() {
      await Promise.all([...entries.keys()].map(remove));
    },
  };
}

/** What ended a job: that it took too long, a disk that takes no more, or a fault of ours. */
function failureOf(cause: unknown, signal: AbortSignal): Failure {
  const bug: Failure = {
    code: 'inference-failed',
    message: 'Fiducial itself failed on this recording.',
  };
  if (signal.aborted) return said(bug, signal);
  if (isWriteRefusal(cause)) return writeFailure('The folder of temporary files', cause).error;
  console.error(cause);
  return bug;
}

/** What answers take on disk, all together. */
function createRoom(mostBytes: number) {
  let takenBytes = 0;
  return {
    isFull: () => takenBytes >= mostBytes,
    /** An answer as long as there is room for it: nobody knows before how long it gets. */
    async *take(
      entry: Pick<Entry, 'answerBytes'>,
      text: AsyncIterable<string>,
    ): AsyncGenerator<string> {
      for await (const part of text) {
        const size = Buffer.byteLength(part);
        if (takenBytes + size > mostBytes) throw new NoRoom();
        takenBytes += size;
        entry.answerBytes += size;
        yield part;
      }
    },
    leave(entry: Pick<Entry, 'answerBytes'>): void {
      takenBytes -= entry.answerBytes;
      entry.answerBytes = 0;
    },
  };
}

/** Ends the writing of an answer. */
class NoRoom extends Error {}

const NO_ROOM: Failure = {
  code: 'busy',
  message:
    'The answers that are kept left no room for this one; fetch and delete some, and ask for the prediction again.',
};

function said(error: Failure, signal: AbortSignal): Failure {
  const isLate = signal.aborted && (signal.reason as Error).message === 'timeout';
  if (!isLate) return error;
  const late = err('cancelled', 'The prediction took too long.');
  return late.error;
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
