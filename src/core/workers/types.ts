import type { Tasks } from './tasks';

export type TaskName = keyof Tasks;
export type TaskInput<T extends TaskName> = Parameters<Tasks[T]>[0];
export type TaskOutput<T extends TaskName> = Awaited<ReturnType<Tasks[T]>>;

export interface TaskOptions {
  readonly lane?: 'interactive' | 'bulk';
  readonly signal?: AbortSignal;
  /** Called now and then with the share that is done, 0 to 1, by tasks that tell (`TaskContext.progress`). */
  readonly onProgress?: (done: number) => void;
}

/**
 * Runs pure JavaScript work off the engine's own thread. `interactive` work (tiles) has a thread of its own,
 * so that it never waits behind an analysis.
 */
export interface Pool {
  run<T extends TaskName>(
    task: T,
    input: TaskInput<T>,
    options?: TaskOptions,
  ): Promise<TaskOutput<T>>;
  close(): Promise<void>;
}
