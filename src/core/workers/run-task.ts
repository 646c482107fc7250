import { errSaid } from '../../shared/domain/said';
import type { Task, TaskContext, TaskRequest } from './task';

/** Runs a task on the memory that it shares with its pool. Used by the worker threads and the pool without threads. */
export async function runTask<Input>(
  task: Task<Input, unknown>,
  { input, shared }: Pick<TaskRequest, 'input' | 'shared'>,
): Promise<unknown> {
  const context: TaskContext = {
    cancelled: () => Atomics.load(shared, 0) === 1,
    progress: (done) => void Atomics.store(shared, 1, Math.round(1000 * done)),
  };
  // Cancelled while it waited for a thread: nobody listens for the answer any more.
  if (context.cancelled()) return errSaid('cancelled', 'failures.cancelled');
  return task.run(input as Input, context);
}
