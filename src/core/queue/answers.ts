import type { Job, Queue, QueueEvents } from 'bullmq';

/** How a job ended: with what the worker answered, given up, it is not there any more, or nobody waits any longer. */
export type Answer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'given-up'; readonly reason: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'stopped' };

/** Waits for the ends of jobs. */
export interface Answers {
  /** Call it before the job is added, and `added` afterwards: no end is missed between the two. */
  of(jobId: string): { readonly end: Promise<Answer>; added(): void };
  /** Looks after jobs that are waited for: events are lost where a connection is. Called now and then, it misses none. */
  lookAfter(): Promise<void>;
  /** Ends every wait, those that are still to come as well. */
  stop(): void;
}

/** Finished jobs whose names are looked through, the newest first. */
const MOST_FINISHED = 2000;
/** Jobs that did not end and are looked after at a time. */
const LOOKED_AFTER = 20;

export function createAnswers(queue: Queue, events: QueueEvents): Answers {
  const waiting = new Map<string, { end(answer: Answer): void; isAdded: boolean }>();
  let isStopped = false;

  function ended(jobId: string, answer: Answer): void {
    waiting.get(jobId)?.end(answer);
    waiting.delete(jobId);
  }

  events.on('completed', ({ jobId, returnvalue }) =>
    ended(jobId, { kind: 'answered', value: returnvalue }),
  );
  events.on('failed', ({ jobId, failedReason }) =>
    ended(jobId, { kind: 'given-up', reason: failedReason }),
  );

  return {
    of(jobId) {
      const entry = { end: (_answer: Answer): void => undefined, isAdded: false };
      const end = new Promise<Answer>((resolve) => (entry.end = resolve));
      if (isStopped) entry.end({ kind: 'stopped' });
      else waiting.set(jobId, entry);
      return { end, added: () => void (entry.isAdded = true) };
    },
    async lookAfter() {
      // Names alone: a job is asked for where it has ended, and some of the others in turn, as they may be gone.
      const finished = await queue.getRanges(['completed', 'failed'], 0, MOST_FINISHED);
      const inTurn = [...waiting].filter(([, { isAdded }]) => isAdded).slice(0, LOOKED_AFTER);
      for (const [jobId, entry] of inTurn) {
        // To the end of the line.
        waiting.delete(jobId);
        waiting.set(jobId, entry);
      }
      const asked = new Set([...finished, ...inTurn.map(([jobId]) => jobId)]);
      await Promise.all(
        [...asked].map(async (jobId) => {
          if (waiting.get(jobId)?.isAdded !== true) return;
          const answer = answerOf(await queue.getJob(jobId));
          if (answer) ended(jobId, answer);
        }),
      );
    },
    stop() {
      isStopped = true;
      for (const { end } of waiting.values()) end({ kind: 'stopped' });
      waiting.clear();
    },
  };
}

function answerOf(job: Job | undefined): Answer | null {
  if (!job) return { kind: 'gone' };
  if (!job.finishedOn) return null;
  return job.returnvalue === null || job.returnvalue === undefined
    ? { kind: 'given-up', reason: job.failedReason ?? '' }
    : { kind: 'answered', value: job.returnvalue };
}
