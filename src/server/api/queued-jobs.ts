import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isWriteRefusal, writeFailure } from '../../core/host';
import { modelSha256, openPredictionQueue, predictionNameOf } from '../../core/workbench';
import type { Models } from '../../core/analysis/models';
import type { Places } from '../../core/queue/places';
import type { PredictionEnd, PredictionJob } from '../../core/queue/prediction-job';
import type { PredictionQueue, QueuedPrediction } from '../../core/queue/prediction-queue';
import type { PredictionWork } from '../../core/queue/prediction-workers';
import type { QueueAddress } from '../../core/queue/queue-address';
import { err, ok, type Result } from '../../shared/domain';
import { randomToken } from '../guard';
import type { Tracing } from '../spans';
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
  type JobLimits,
  type JobsOptions,
} from './job';
import { openJobFolder, type JobFolder } from './job-folder';
import { isOwner, ownerMark } from './job-owner';

/** Where jobs wait that any of several servers may answer. */
export interface SharedJobs {
  readonly address: QueueAddress;
  /** Folder that every server of the queue sees. */
  readonly dir: string;
  /** After this time without a sign of life a server's jobs are taken over. */
  readonly takeOverMs?: number;
  /** How often each server forgets what is old. */
  readonly sweepMs?: number;
}

export interface QueuedJobsOptions extends JobsOptions {
  readonly limits: JobLimits & { readonly waitMs: number; readonly atWork: number };
  readonly shared: SharedJobs;
  readonly version: string;
  readonly models: Models;
  readonly tracing: Pick<Tracing, 'carry' | 'carried'>;
}

const TAKE_OVER_MS = 30_000;
const SWEEP_MS = 15_000;
/** Between the place of a job and the job itself may lie the copying of its upload. */
const YOUNG_MS = 120_000;
const FOLDER = 'The folder of jobs';
const AWAY = err('busy', 'The queue of jobs does not answer; try again shortly.');

/**
 * Predictions that wait in a queue on Redis: any server of the queue takes them, works on them and answers them, and they
 * outlive each. What was sent and what was answered lie in a folder that all of them see; Redis holds neither.
 * @returns why it cannot be had
 */
export async function openQueuedJobs(options: QueuedJobsOptions): Promise<Result<Jobs>> {
  const { shared, limits, models } = options;
  let folder: JobFolder;
  try {
    folder = await openJobFolder(shared.dir);
  } catch (cause) {
    if (isWriteRefusal(cause)) return writeFailure(shared.dir, cause);
    throw cause;
  }
  const opened = await openPredictionQueue({
    address: shared.address,
    version: options.version,
    limits,
    concurrency: limits.atWork,
    takeOverMs: shared.takeOverMs ?? TAKE_OVER_MS,
    modelOf: (id, sha256) => models.that(id, sha256),
    compute: (work) => compute(work, parts),
    ended: (name, end) => forgetUpload(name, end, parts),
  });
  if (!opened.ok) return opened;
  const parts: Parts = { queue: opened.value, places: opened.value.places, folder, options };
  const isOthers = await isOtherFolder(parts);
  const list = await models.list();
  if (isOthers || !list.ok) {
    await opened.value.close();
    return list.ok ? err('conflict', notShared(shared.dir)) : list;
  }
  for (const model of list.value) await opened.value.workFor(model);
  const sweeping = setInterval(
    () => void sweep(parts).catch(() => undefined),
    shared.sweepMs ?? SWEEP_MS,
  );
  sweeping.unref();
  return ok({
    add: (upload, prepared, by) => add(upload, prepared, by, parts),
    find: (id, by) => hasty(() => find(id, by, parts)),
    remove: (id, by) => hasty(() => remove(id, by, parts)),
    counts: () => counts(parts),
    async close() {
      clearInterval(sweeping);
      await opened.value.close();
    },
  });
}

interface Parts {
  readonly queue: PredictionQueue;
  readonly places: Places;
  readonly folder: JobFolder;
  readonly options: QueuedJobsOptions;
}

/** Redis that is away is told to whoever waits. */
async function hasty<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await ask());
  } catch {
    return AWAY;
  }
}

const notShared = (dir: string): string =>
  `${dir} is not the folder of the other servers of this queue: --jobs has to be one that all of them see.`;

async function isOtherFolder({ queue, folder }: Parts): Promise<boolean> {
  const word = await queue.sharedWord();
  if (word !== null && word !== folder.word) return true;
  await queue.saySharedWord(folder.word);
  return false;
}

async function add(
  upload: string,
  prepared: Parameters<Jobs['add']>[1],
  by: Asker,
  { queue, places, folder, options }: Parts,
): Promise<Result<string>> {
  const { model, lead, withSignal, warnings, path, span } = prepared;
  const id = randomToken();
  const name = predictionNameOf(id);
  const queueName = queue.nameOf(model);
  const job: PredictionJob = {
    modelId: model.card.id,
    modelSha256: modelSha256(model),
    owner: ownerMark(id, by),
    path: relative(upload, path),
    ...{ lead, withSignal, warnings: [...warnings] },
    trace: options.tracing.carry(span),
  };
  let isHeld = false;
  try {
    const uploadBytes = await sizeOfFolder(upload);
    const forMs = options.limits.waitMs;
    isHeld = await places.take(name, { uploadBytes, forMs, queue: queueName });
    if (!isHeld) return FULL;
    // A network that was adopted since the start.
    await queue.workFor(model);
    await folder.take(name, upload);
    await queue.add(name, job, queueName);
    return ok(id);
  } catch (cause) {
    if (isHeld) await places.leave(name).catch(() => undefined);
    await folder.drop(name);
    return isWriteRefusal(cause) ? writeFailure(FOLDER, cause) : AWAY;
  }
}

interface Held {
  readonly name: string;
  /** Its queue. */
  readonly at: string;
  readonly found: QueuedPrediction;
}

/** The job behind an id, for whoever may have it. */
async function held(id: string, by: Asker, { queue, places }: Parts): Promise<Held | null> {
  const name = predictionNameOf(id);
  const place = await places.find(name);
  if (!place || place.leftMs < 0) return null;
  const found = await queue.find(name, place.queue);
  // One that is not there any more belongs to nobody.
  return found && isOwner(id, by, found.owner) ? { name, at: place.queue, found } : null;
}

async function find(id: string, by: Asker, parts: Parts): Promise<Job | null> {
  const job = await held(id, by, parts);
  if (!job) return null;
  if (job.found.state !== 'ended') return { state: job.found.state };
  const { end } = job.found;
  if (end.kind === 'gone') return null;
  if (end.kind === 'failed') return { state: 'failed', error: end.error };
  const file = join(parts.folder.of(job.name), end.file);
  const isThere = await stat(file).catch(() => null);
  return isThere && { state: 'done', file, bytes: end.bytes };
}

async function remove(id: string, by: Asker, parts: Parts): Promise<boolean> {
  const job = await held(id, by, parts);
  return job !== null && (await forget(job.name, job.at, parts));
}

/** @returns whether it was there until now */
async function forget(
  name: string,
  at: string,
  { places, queue, folder }: Parts,
): Promise<boolean> {
  if (!(await places.leave(name))) return false;
  // Whoever works on it finds that it lost its place, and clears up.
  if ((await queue.remove(name, at)) === 'removed') await folder.drop(name);
  return true;
}

/** What a server does with a job of the queue. */
async function compute(
  { name, job, model, stop }: PredictionWork,
  { places, folder, options }: Parts,
): Promise<PredictionEnd> {
  const { limits, tracing, compute: analyse, textOf } = options;
  const { lead, withSignal, warnings, trace } = job;
  const path = join(folder.uploadOf(name), job.path);
  const span = tracing.carried(trace);
  const file = folder.newAnswer();
  let timer: NodeJS.Timeout | null = null;
  try {
    const prepared = { isAsync: true, path, model, lead, withSignal, warnings, span };
    const answer = await analyse(prepared, stop.signal, () => {
      timer = setTimeout(() => stop.abort(new Error('timeout')), limits.timeoutMs);
      // It may be handed back, and then has the rest of its time to wait.
      const atLeastMs = limits.timeoutMs + limits.keptMs;
      void places.change(name, { atLeastMs }).catch(() => undefined);
    });
    if (!answer.ok) return { kind: 'failed', error: lateOr(answer.error, stop.signal) };
    const parts = Readable.from(taking(name, textOf(answer.value, stop.signal), places), {
      objectMode: false,
    });
    const target = join(folder.of(name), file);
    await pipeline(parts, createWriteStream(target), { signal: stop.signal });
    return { kind: 'done', file, bytes: (await stat(target)).size };
  } catch (cause) {
    await rm(join(folder.of(name), file), { force: true }).catch(() => undefined);
    if (cause instanceof NoRoom) return { kind: 'failed', error: NO_ROOM };
    if (cause instanceof QueueAway) throw cause;
    return { kind: 'failed', error: failureOf(cause, stop.signal, FOLDER) };
  } finally {
    if (timer) clearTimeout(timer);
  }
}

/** Ends the writing of an answer for which no room can be asked. */
class QueueAway extends Error {}

/** An answer as long as there is room for it: nobody knows before how long it gets. */
async function* taking(
  name: string,
  text: AsyncIterable<string>,
  places: Places,
): AsyncGenerator<string> {
  for await (const part of text) {
    const taken = await places.takeForAnswer(name, Buffer.byteLength(part)).catch(() => null);
    if (taken === null) throw new QueueAway('The queue of jobs does not answer.');
    if (taken === 'full') throw new NoRoom();
    yield part;
  }
}

/** A job has ended: what was sent is not needed any more, and from now on its time runs. */
async function forgetUpload(
  name: string,
  end: PredictionEnd,
  { places, folder, options }: Parts,
): Promise<void> {
  if (end.kind === 'gone') return folder.drop(name);
  const answerBytes = end.kind === 'done' ? end.bytes : 0;
  await folder.keepOnly(name, end.kind === 'done' ? end.file : null);
  return places.change(name, { uploadBytes: 0, answerBytes, forMs: options.limits.keptMs });
}

/** Forgets what is old, and what is left of jobs that are gone; every server does, for all. */
async function sweep(parts: Parts): Promise<void> {
  const { queue, places, folder } = parts;
  await queue.saySharedWord(folder.word);
  await queue.lookAfter();
  const lying = await folder.olderThan(YOUNG_MS);
  const all = await places.all();
  for (const [name, place] of all) {
    const isOld = place.leftMs < 0;
    const isOpen = !isOld && place.ageMs > YOUNG_MS;
    const found = isOpen ? await queue.find(name, place.queue) : null;
    if (isOld || (isOpen && !found)) await forget(name, place.queue, parts);
    // Whoever worked on it was gone before it could clear up.
    else if (found?.state === 'ended' && place.uploadBytes > 0)
      await forgetUpload(name, found.end, parts);
  }
  for (const name of lying) if (!all.has(name)) await folder.drop(name);
}

async function counts({ queue, places }: Parts): Promise<Record<Job['state'], number>> {
  const all = await places.all();
  const held = [...all.values()];
  const ended = held.filter(({ uploadBytes }) => uploadBytes === 0);
  const done = ended.filter(({ answerBytes }) => answerBytes > 0).length;
  const atQueues = await queue.counts(new Set(held.map((place) => place.queue)));
  return { ...atQueues, done, failed: ended.length - done };
}
