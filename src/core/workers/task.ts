/** Second argument of every task: long ones ask it between steps and stop early, and say how far they are. */
export interface TaskContext {
  cancelled(): boolean;
  /** @param done share of the work, 0 to 1 */
  progress(done: number): void;
}

/**
 * Work that a worker thread can do: a name, by which the thread finds it, and an async function of one
 * structured-cloneable input. Tasks return Results; they throw only for bugs.
 */
export interface Task<Input, Output> {
  readonly name: string;
  run(input: Input, context: TaskContext): Promise<Output>;
}

/** Whoever defines a task also adds it to the registry of the worker threads (`processes/tasks.ts`). */
export function defineTask<Input, Output>(
  name: string,
  run: (input: Input, context: TaskContext) => Promise<Output>,
): Task<Input, Output> {
  return { name, run };
}

/**
 * What is sent to a worker thread. `shared` is memory of both sides: word 0 the pool sets to 1 to cancel, word 1 holds
 * how many thousandths of the work the task has done.
 */
export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
  readonly shared: Int32Array;
}
