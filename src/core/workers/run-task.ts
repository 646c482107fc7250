import { err } from '../../shared/domain';
import { TASKS } from './tasks';

/**
 * What is sent to a worker thread. `shared` is memory of both sides: word 0 the pool sets to 1 to cancel, word 1 holds
 * how many thousandths of the work the task has done.
 */
export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
  readonly shared: Int32Array;
}

/** Second argument of every task: long ones ask it between steps and stop early, and say how far they are. */
export interface TaskContext {
  cancelled(): boolean;
  /** @param done share of the work, 0 to 1 */
  progress(done: number): void;
}

/** Runs a task by its name. Shared by the worker threads and the pool without threads. */
export async function runTask({ task, input, shared }: TaskRequest): Promise<unknown> {
  if (!Object.hasOwn(TASKS, task)) throw new Error(`There is no task "${task}".`);
  const context: TaskContext = {
    cancelled: () => Atomics.load(shared, 0) === 1,
    progress: (done) => void Atomics.store(shared, 1, Math.round(1000 * done)),
  };
  // Cancelled while it waited for a thread: nobody listens for the answer any more.
  if (context.cancelled()) return err('cancelled', 'The request was cancelled.');
  const run = (TASKS as Record<string, (input: unknown, context: TaskContext) => unknown>)[task]!;
  return run(input, context);
}
