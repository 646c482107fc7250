import { err } from '../../shared/domain';
import { TASKS } from './tasks';

/** What is sent to a worker thread. `cancelled` is one shared word that the pool sets to 1. */
export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
  readonly cancelled: Int32Array;
}

/** Second argument of every task: long ones ask it between steps and stop early. */
export interface TaskContext {
  cancelled(): boolean;
}

/** Runs a task by its name. Shared by the worker threads and the pool without threads. */
export async function runTask({ task, input, cancelled }: TaskRequest): Promise<unknown> {
  if (!Object.hasOwn(TASKS, task)) throw new Error(`There is no task "${task}".`);
  const context: TaskContext = { cancelled: () => Atomics.load(cancelled, 0) === 1 };
  // Cancelled while it waited for a thread: nobody listens for the answer any more.
  if (context.cancelled()) return err('cancelled', 'The request was cancelled.');
  const run = (TASKS as Record<string, (input: unknown, context: TaskContext) => unknown>)[task]!;
  return run(input, context);
}
