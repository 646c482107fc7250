/** Entry of a worker thread: Piscina calls the default export with what `pool.ts` sends. */
export { runTask as default } from './run-task';
