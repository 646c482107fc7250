import { Worker } from 'node:worker_threads';

/** Ends the process with a message when a case keeps it busy for too long: a loop without end blocks every timer. */
export interface Watchdog {
  /** Says that a new case starts. */
  start(caseNumber: number): void;
  close(): Promise<void>;
}

const SOURCE = `
const { workerData } = require('node:worker_threads');
const current = new Int32Array(workerData.shared);
for (let last = -1, since = Date.now(); ; ) {
  Atomics.wait(current, 1, 0, 500);
  if (Atomics.load(current, 1) === 1) break;
  const now = Atomics.load(current, 0);
  if (now !== last) { last = now; since = Date.now(); }
  else if (now >= 0 && Date.now() - since > workerData.limitMs) {
    require('node:fs').writeSync(2, 'fuzz case ' + now + ' hangs\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}`;

export function startWatchdog(limitMs: number): Watchdog {
  const shared = new SharedArrayBuffer(8);
  const current = new Int32Array(shared);
  Atomics.store(current, 0, -1);
  const worker = new Worker(SOURCE, { eval: true, workerData: { shared, limitMs } });
  return {
    start: (caseNumber) => void Atomics.store(current, 0, caseNumber),
    async close() {
      Atomics.store(current, 1, 1);
      Atomics.notify(current, 1);
      await worker.terminate();
    },
  };
}
