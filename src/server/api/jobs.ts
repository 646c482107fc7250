import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { removeTemporaryFolder, temporaryFolder } from '../../core/host';
import { ok } from '../../shared/domain';
import { randomToken } from '../guard';
import {
  failureOf,
  FULL,
  lateOr,
  NO_ROOM,
  NoRoom,
  sizeOfFolder,
  type Asker,
  type Job,
  type Jobs,
  type JobsOptions,
} from './job';
import { isOwner, ownerMark } from './job-owner';
import type { Prepared } from './prepared';

interface Entry {
  job: Job;
  readonly owner: string | null;
  /** Folders that go with the job. */
  readonly folders: string[];
  bytes: number;
  /** What its answer takes on disk, as far as it is written. */
  answerBytes: number;
  readonly stop: AbortController;
  timer: NodeJS.Timeout | null;
  ended: Promise<void>;
}

/** Predictions that wait in this process, and end with it. */
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
        : { state: 'failed', error: lateOr(answer.error, stop.signal) };
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
    entry.timer = setTimeout(() => void remove(id, null), limits.keptMs);
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

  async function remove(id: string, by: Asker): Promise<boolean> {
    const entry = entries.get(id);
    if (!entry || !isOwner(id, by, entry.owner)) return false;
    entries.delete(id);
    entry.stop.abort(new Error('removed'));
    if (entry.timer) clearTimeout(entry.timer);
    await entry.ended;
    await Promise.all(entry.folders.map((folder) => removeTemporaryFolder(folder)));
    room.leave(entry);
    return true;
  }

  return {
    async add(folder, prepared, by) {
      const size = await sizeOfFolder(folder);
      if (entries.size >= limits.jobs || bytes + size > limits.jobBytes) return FULL;
      // One that could not be answered is better not begun.
      if (room.isFull()) return FULL;
      const id = randomToken();
      const entry: Entry = {
        job: { state: 'waiting' },
        owner: ownerMark(id, by),
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
      return ok(id);
    },
    async find(id, by) {
      const entry = entries.get(id);
      return ok(entry && isOwner(id, by, entry.owner) ? entry.job : null);
    },
    remove: async (id, by) => ok(await remove(id, by)),
    async counts() {
      const counts = { waiting: 0, running: 0, done: 0, failed: 0 };
      for (const { job } of entries.values()) counts[job.state] += 1;
      return counts;
    },
    async close() {
      await Promise.all([...entries.keys()].map((id) => remove(id, null)));
    },
  };
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
