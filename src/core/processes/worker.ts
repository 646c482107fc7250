import { workerData } from 'piscina';
import { keepWithin } from '../recordings/within-root';
import { runTask } from '../workers/run-task';
import type { TaskRequest } from '../workers/task';
import { TASKS } from './tasks';

// Threads of the engine behind a browser know its root; others have none.
keepWithin((workerData as { root?: string | null } | undefined)?.root ?? null);

const byName = new Map(TASKS.map((task) => [task.name, task]));

/** Entry of a worker thread: Piscina calls it with what the pool sends. */
export default async function work(request: TaskRequest): Promise<unknown> {
  const task = byName.get(request.task);
  if (!task) throw new Error(`There is no task "${request.task}".`);
  return runTask(task, request);
}
