import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
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
 * Has a thread `import` its entry. Piscina asks for it by `require` first, and Node ends the whole process, with a fatal error
 * of its own, when a thread is terminated in the middle of `require` of an ES module: a program that ended while a thread was
 * starting did so once in some two hundred times. An option of Node 20.19 and later, the only ones that require such modules.
 */
const IMPORTED = '--no-experimental-require-module';

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
    execArgv: process.allowedNodeEnvironmentFlags.has(IMPORTED) ? [IMPORTED] : [],
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
  for (const lane of Object.values(lanes)) {
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
      await Promise.all(Object.values(lanes).map((lane) => lane.destroy()));
    },
  };
}
