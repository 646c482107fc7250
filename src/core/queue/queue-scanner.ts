import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Job, Queue, QueueEvents } from 'bullmq';
import { err, ok, type Err, type Result } from '../../shared/domain';
import { statedPath } from '../base/stated-path';
import { modelSha256 } from '../inference/model-hash';
import { recordFingerprint } from '../recordings/record-fingerprint';
import type { RecordingCache } from '../recordings/recording-cache';
import type { RecordingScan, Scanner } from '../scan/scan-recordings';
import { scanRecords, type ScanProgress } from '../scan/scan-records';
import type { ScanRow } from '../scan/scan-row';
import { createAnswers, type Answer, type Answers } from './answers';
import { bringForward } from './bring-forward';
import { drainsKey, jobIdOf, PREFIX, QUEUES_KEY, queueNameOf, runIdOf } from './names';
import {
  connectionOf,
  forgetIfIdle,
  KEPT_S,
  openQueue,
  takesNoMore,
  type OpenQueue,
} from './open-queue';
import { unpackRow, type RecordingJob } from './payload';
import type { QueueAddress } from './queue-address';
import { unlessAway } from './unless-away';

/** BullMQ's numbers: the lower, the sooner. */
export const PRIORITIES = { high: 1, normal: 10, low: 100 } as const;

export interface QueueScanOptions {
  readonly address: QueueAddress;
  /** Version of the application: rows of two are not mixed. */
  readonly version: string;
  /** File that the run writes, by which it is known again. */
  readonly out: string;
  /** Recordings in the queue at a time: the memory of Redis is bounded by them. */
  readonly ahead: number;
  readonly priority: keyof typeof PRIORITIES;
}

/** A recording is tried this often before the processes that it ends are spared. */
const TRIES = 2;
const LOOK_INTERVAL_MS = 2000;
const JOB_NAME = 'recording';

/**
 * A scanner whose recordings are read by workers on a queue. Order, rows that are known already and the file are those of
 * any scan: the queue is the way to a row and back. A job is taken out of it when its row is safe.
 * @returns what `scanToFile` takes in place of this process's own scanner
 */
export function queueScanner(options: QueueScanOptions): (recordings: RecordingCache) => Scanner {
  return (recordings) => ({
    async scan(scan) {
      const name = queueNameOf(scan.model, options.version);
      const opened = await openQueue(options.address, name);
      if (!opened.ok) return opened;
      const { QueueEvents } = await import('bullmq');
      const connection = connectionOf(options.address);
      const events = new QueueEvents(name, { connection, prefix: PREFIX });
      events.on('error', () => undefined);
      const { queue, client } = opened.value;
      let isAway = false;
      try {
        await events.waitUntilReady();
        const answers = createAnswers(queue, events);
        const collected = collect(scan, options, { ...opened.value, answers, recordings });
        const scanned = await untilStopped(collected, scan.signal, options.address);
        isAway = scanned === null;
        return scanned ?? err('cancelled', 'The scan was cancelled.');
      } finally {
        const closed = isAway ? null : closeAll(events, opened.value).then(() => ({}));
        if (!closed || !(await unlessAway(closed, options.address))) {
          for (const connection of [events, queue, client])
            void Promise.resolve(connection.disconnect()).catch(() => undefined);
        }
      }
    },
  });
}

async function closeAll(events: QueueEvents, { queue, client, close }: OpenQueue): Promise<void> {
  await events.close();
  await forgetIfIdle(queue, client).catch(() => undefined);
  await close();
}

/**
 * Rows come as long as it takes, a server that is away waited for; whoever stops the scan does not wait for one.
 * @returns null where it was stopped and the server is away
 */
async function untilStopped<T extends object>(
  collected: Promise<T>,
  signal: AbortSignal,
  address: QueueAddress,
): Promise<T | null> {
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const isStopped = await Promise.race([collected.then(() => false), stopped.then(() => true)]);
  return isStopped ? unlessAway(collected, address) : collected;
}

interface Parts extends OpenQueue {
  readonly answers: Answers;
  readonly recordings: RecordingCache;
}

async function collect(
  scan: RecordingScan,
  { address, ahead, priority, out }: QueueScanOptions,
  { queue, client, answers, recordings }: Parts,
): Promise<Result<ScanProgress>> {
  const { model, lead, stated, reports } = scan;
  const run = runIdOf({
    ...{ model, lead, stated },
    out: resolve(out),
    reportDir: reports?.path ?? null,
  });
  const jobs = new Map<string, string>();
  const stopped = new AbortController();
  /** Why the queue took a job no more. */
  let refused: Err | null = null;
  const signal = AbortSignal.any([scan.signal, stopped.signal]);
  signal.addEventListener('abort', answers.stop, { once: true });
  if (signal.aborted) answers.stop();

  async function analyse(path: string): Promise<Result<ScanRow>> {
    const fingerprint = scan.fingerprintOf?.(path) ?? (await recordFingerprint(path, recordings));
    const jobId = jobIdOf(run, path, fingerprint);
    jobs.set(path, jobId);
    const job: RecordingJob = {
      path,
      modelId: model.card.id,
      modelSha256: modelSha256(model),
      lead,
      stated: { ...stated },
      report: await reportOf(path, scan, recordings),
    };
    for (;;) {
      const { end, added } = answers.of(jobId);
      let isOther: boolean;
      try {
        isOther = job.report !== null && (await holdsOther(queue, jobId, job.report));
        // One that a coordinator before us has added is not added again.
        await queue.add(JOB_NAME, job, {
          jobId,
          attempts: TRIES,
          priority: PRIORITIES[priority],
          removeOnComplete: { age: KEPT_S },
          removeOnFail: { age: KEPT_S },
        });
      } catch (cause) {
        // A server that is full refuses jobs. That is no fault of the recording, and no row says so.
        refused ??= takesNoMore(address, cause);
        stopped.abort();
        return refused;
      }
      added();
      const answer = await end;
      // A server that came back without what it held: asked once more.
      if (answer.kind === 'gone') continue;
      if (isOther && answer.kind === 'answered') {
        await queue.remove(jobId);
        continue;
      }
      return rowOf(answer);
    }
  }

  const watch = await watchQueue({ queue, client, answers }, () => stopped.abort());
  try {
    const { onRow, onProgress } = scan;
    const scanned = await scanRecords({
      ...scan,
      workers: ahead,
      signal,
      analyse,
      async onRow(row, index, wasKnown) {
        await onRow(row, index, wasKnown);
        const jobId = jobs.get(row.path);
        jobs.delete(row.path);
        if (jobId !== undefined) await queue.remove(jobId);
      },
      // Which recording a worker reads, nobody here knows; names stay out of logs.
      onProgress: (progress) =>
        onProgress?.({ ...progress, current: null, workers: watch.workers() }),
    });
    if (!stopped.signal.aborted) return scanned;
    if (refused !== null) return refused;
    return err('cancelled', 'The queue was drained; the same command goes on with what is left.');
  } finally {
    watch.end();
  }
}

/**
 * Whether the queue holds a job of a coordinator before us that writes its report under another name, which by now may be
 * another recording's. One that is not being read is taken out.
 */
async function holdsOther(queue: Queue, jobId: string, report: string): Promise<boolean> {
  const left = (await queue.getJob(jobId)) as Job<RecordingJob> | undefined;
  if (!left || left.data.report === report) return false;
  return (await queue.remove(jobId)) === 0;
}

/** A report is named here, by whoever knows the names of all the others. */
async function reportOf(
  path: string,
  { reports, stated }: RecordingScan,
  recordings: RecordingCache,
): Promise<string | null> {
  if (!reports) return null;
  const place = Object.keys(stated).length === 0 ? path : statedPath(path, stated);
  const name = await recordings.use(place, async (opened) => ok(opened.name));
  return name.ok ? reports.fileOf(name.value, path) : null;
}

function rowOf(answer: Exclude<Answer, { kind: 'gone' }>): Result<ScanRow> {
  if (answer.kind === 'answered') return unpackRow(answer.value);
  if (answer.kind === 'stopped') return err('cancelled', 'The scan was cancelled.');
  return err('inference-failed', givenUp(answer.reason));
}

/** Why the queue gave a recording up: what it says itself of processes that ended and workers that went, or what a worker says. */
function givenUp(reason: string): string {
  const because = reason.replace(/\.$/, '');
  if (/^Unexpected exit code/.test(reason))
    return `${TRIES} processes ended while they read this recording, and it was given up: ${because}.`;
  if (/stalled more than/.test(reason))
    return `One worker after the other was gone while it had this recording, and it was given up: ${because}.`;
  return `No worker could read this recording, and it was given up: ${because}.`;
}

/** Looks after jobs, workers and drains, as long as a run takes. */
async function watchQueue(
  { queue, client, answers }: Pick<Parts, 'queue' | 'client' | 'answers'>,
  drained: () => void,
): Promise<{ workers(): number | null; end(): void }> {
  const drains = async (): Promise<number> => Number(await client.get(drainsKey(queue.name)));
  let seen = await drains();
  let workers: number | null = null;
  let isLooking = false;
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const now = await drains();
      if (now > seen) return drained();
      // A server that came back without what it held counts from nought.
      seen = now;
      // Where a server keeps the list of its clients to itself, nobody is counted.
      workers = await queue.getWorkersCount().catch(() => null);
      // Whoever was the last to leave it may have taken it out.
      await client.sadd(QUEUES_KEY, queue.name);
      await bringForward(queue, client);
      await answers.lookAfter();
    } catch {
      // The server is away: what is waited for comes when it is back.
    } finally {
      isLooking = false;
    }
  }
  const timer = setInterval(() => void look(), LOOK_INTERVAL_MS);
  void look();
  return { workers: () => workers, end: () => clearInterval(timer) };
}
