import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { cancellable } from './cancellable';
import type { Pool, TaskName, TaskOptions, TaskOutput } from './types';

export interface PoolOptions {
  /** Path of the built `worker.ts`. */
  readonly entry: string;
  /** Threads of the bulk lane; by default all cores but one, and at least one. */
  readonly bulkThreads?: number;
}

/**
 * Worker threads in two lanes: one thread that only ever does interactive work, so that a tile never waits
 * behind an analysis, and the rest for bulk work. An abort resolves with `cancelled` at once; the thread
 * itself stays, with the files that it holds open.
 */
export function createPool(options: PoolOptions): Pool {
  const common = {
    filename: options.entry,
    // Piscina's default parks an idle thread in Atomics.wait, where a task's timers and closes never run.
    atomics: 'disabled' as const,
  };
  const lanes = {
    interactive: new Piscina({ ...common, minThreads: 1, maxThreads: 1 }),
    bulk: new Piscina({
      ...common,
      minThreads: 0,
      maxThreads: options.bulkThreads ?? Math.max(1, availableParallelism() - 1),
      idleTimeout: 30_000,
    }),
  };
  for (const lane of Object.values(lanes)) {
    // An error outside of any task, such as a late rejection: the thread is replaced, the engine goes on.
    lane.on('error', (error) => console.error('fiducial: worker thread:', error));
  }
  return {
    run<T extends TaskName>(
      task: T,
      input: unknown,
      { lane = 'bulk', ...options }: TaskOptions = {},
    ) {
      const work = cancellable({ task, input }, options, (request) => lanes[lane].run(request));
      return work as Promise<TaskOutput<T>>;
    },
    async close() {
      await Promise.all([lanes.interactive.destroy(), lanes.bulk.destroy()]);
    },
  };
}
