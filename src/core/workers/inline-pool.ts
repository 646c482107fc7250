import { cancellable } from './cancellable';
import { runTask } from './run-task';
import type { Pool, TaskName, TaskOptions, TaskOutput } from './types';

/**
 * A pool without threads, for tests and tools: tasks run where they are asked for. Inputs and outputs are
 * cloned as they would be on their way to a thread, so that a task that only works inline is found out.
 */
export function createInlinePool(): Pool {
  return {
    run<T extends TaskName>(task: T, input: unknown, options: TaskOptions = {}) {
      const work = cancellable({ task, input: structuredClone(input) }, options, async (request) =>
        structuredClone(await runTask(request)),
      );
      return work as Promise<TaskOutput<T>>;
    },
    close: () => Promise.resolve(),
  };
}
