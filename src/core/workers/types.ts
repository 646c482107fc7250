import type { Lane } from '../../shared/contract';
import type { Task } from './task';

/**
 * Lanes of requests, one for a short look at what an analysis at work has not come to, ahead of its long pieces, and one
 * for what an analysis will want next, beside the bulk work on what it has.
 */
export type WorkLane = Lane | 'glance' | 'ahead';

export interface TaskOptions {
  readonly lane?: WorkLane;
  readonly signal?: AbortSignal;
  /** Called now and then with the share that is done, 0 to 1, by tasks that tell (`TaskContext.progress`). */
  readonly onProgress?: (done: number) => void;
}

/**
 * Runs pure JavaScript work off the engine's own thread. `interactive` work (tiles) has a thread of its own,
 * so that it never waits behind an analysis, and so has a `glance`.
 */
export interface Pool {
  run<Input, Output>(
    task: Task<Input, Output>,
    input: Input,
    options?: TaskOptions,
  ): Promise<Output>;
  close(): Promise<void>;
}
