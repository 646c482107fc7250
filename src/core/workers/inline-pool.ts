import { cancellable } from './cancellable';
import { runTask } from './run-task';
import type { Task } from './task';
import type { Pool, TaskOptions } from './types';

/**
 * A pool without threads, for tests and tools: tasks run where they are asked for. Inputs and outputs are
 * cloned as they would be on their way to a thread, so that a task that only works inline is found out.
 */
export function createInlinePool(): Pool {
  return {
    run<Input, Output>(task: Task<Input, Output>, input: Input, options: TaskOptions = {}) {
      const request = { task: task.name, input: structuredClone(input) };
      const work = cancellable(request, options, async (sent) =>
        structuredClone(await runTask(task, sent)),
      );
      return work as Promise<Output>;
    },
    close: () => Promise.resolve(),
  };
}
