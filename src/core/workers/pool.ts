import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { cancellable } from './cancellable';
import type { Task } from './task';
import type { Pool, TaskOptions, WorkLane } from './types';

// Not a constant `require`: electron-vite puts one of that name into every ES module it builds.
const packages = { require: createRequire(import.meta.url) };

/** What the pool adds to a thread's `workerData`. */
export interface ThreadData {
  /** Task that the thread loads before it is asked for anything; null for none. */
  readonly first?: string | null;
  /** Whether others go first on the processor: set of what fills it for long. */
  readonly givesWay?: boolean;
}

export interface PoolOptions {
  /** Path of the built entry of the worker threads. */
  readonly entry: string;
  /** What each thread finds as `workerData`, with `ThreadData`. */
  readonly workerData?: Readonly<Record<string, unknown>>;
  /** Task of the interactive lane that shall not wait for its code; by default none is loaded before it is asked for. */
  readonly first?: string;
  /** Threads of the bulk lane; by default all cores but one, and at least one. */
  readonly bulkThreads?: number;
  /** Starts the interactive lane's thread with its first task: for a command, which may have none; default false. */
  readonly lazy?: boolean;
}

/**
 * Worker threads in lanes: one thread that only ever does interactive work, so that a tile never waits behind an analysis,
 * one for what a reader looks at ahead of an analysis, and the rest for bulk work. Where that is one thread and there is a
 * core besides, another does what is wanted next (`ahead`); where there are more they do that too. An abort resolves with
 * `cancelled` at once; the thread itself stays, with the files that it holds open.
 */
export function createPool(options: PoolOptions): Pool {
  // Loaded with the first pool: most commands open a recording and start no thread.
  const { Piscina } = packages.require('piscina') as typeof import('piscina');
  const common = {
    filename: options.entry,
    // Piscina's default parks an idle thread in Atomics.wait, where a task's timers and closes never run.
    atomics: 'disabled' as const,
    // Of threads beyond the least number.
    idleTimeout: 30_000,
  };
  const bulkThreads = options.bulkThreads ?? Math.max(1, availableParallelism() - 1);
  const long = {
    ...common,
    workerData: { ...options.workerData, givesWay: true } satisfies ThreadData,
    minThreads: 0,
  };
  const lanes = {
    interactive: new Piscina({
      ...common,
      workerData: { ...options.workerData, first: options.first ?? null } satisfies ThreadData,
      minThreads: options.lazy ? 0 : 1,
      maxThreads: 1,
    }),
    glance: new Piscina({
      ...common,
      workerData: options.workerData,
      minThreads: 0,
      maxThreads: 1,
    }),
    bulk: new Piscina({ ...long, maxThreads: bulkThreads }),
    // Starts no thread before it is asked for.
    ahead: new Piscina({ ...long, maxThreads: 1 }),
  };
  const hasSpareCore = bulkThreads === 1 && availableParallelism() > 1;
  const ahead: WorkLane = hasSpareCore ? 'ahead' : 'bulk';
  const loaded = new Set<number>();
  for (const lane of Object.values(lanes)) {
    // Threads of the start are announced before they have loaded, later ones after.
    for (const thread of lane.threads) thread.once('message', () => loaded.add(thread.threadId));
    queueMicrotask(() => lane.on('workerCreate', ({ id }: { id: number }) => loaded.add(id)));
    // An error outside of any task, such as a late rejection: the thread is replaced, the engine goes on.
    lane.on('error', (error) => console.error('fiducial: worker thread:', error));
  }
  return {
    run<Input, Output>(
      task: Task<Input, Output>,
      input: Input,
      { lane = 'bulk', ...options }: TaskOptions = {},
    ) {
      const request = { task: task.name, input };
      const work = cancellable(request, options, (sent) =>
        lanes[lane === 'ahead' ? ahead : lane].run(sent),
      );
      return work as Promise<Output>;
    },
    async close() {
      const threads = Object.values(lanes).flatMap((lane) => lane.threads);
      await untilLoaded(threads.filter(({ threadId }) => !loaded.has(threadId)));
      await Promise.all(Object.values(lanes).map((lane) => lane.destroy()));
    },
  };
}

/** Longest that closing waits for a thread that is still loading. */
const LOAD_MS = 3000;

/**
 * Waits for threads to load. Node 20 ends the whole process, with a fatal error of V8, when a thread is terminated
 * in the middle of `require` of an ES module: `fiducial predict` of a missing file did so once in fifty times.
 */
async function untilLoaded(threads: readonly Worker[]): Promise<void> {
  if (threads.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, LOAD_MS)));
  const each = threads.map(
    (thread) =>
      new Promise<void>((done) => {
        for (const event of ['message', 'error', 'exit']) thread.once(event, () => done());
      }),
  );
  await Promise.race([Promise.all(each), late]);
  clearTimeout(timer);
}
