import { workerData } from 'node:worker_threads';
import { keepWithin } from '../recordings/within-root';
import { runTask } from '../workers/run-task';
import type { TaskRequest } from '../workers/task';
import type { ThreadData } from '../workers/pool';
import { threadGivesWay } from './give-way';
import { TASKS } from './tasks';

const {
  root = null,
  first = null,
  givesWay = false,
} = (workerData ?? {}) as ThreadData & { root?: string | null };
// Threads of the engine behind a browser know its root; others have none.
keepWithin(root);
if (givesWay) threadGivesWay();
// One that fails to load says so when it is asked for.
if (first !== null) TASKS[first]?.().catch(() => undefined);

/** Entry of a worker thread: Piscina calls it with what the pool sends. */
export default async function work(request: TaskRequest): Promise<unknown> {
  const load = TASKS[request.task];
  if (!load) throw new Error(`There is no task "${request.task}".`);
  return runTask(await load(), request);
}
