import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../core/host';
import { packRow, RecordingJob, type Service } from '../core/service';
import type { Result } from '../shared/domain';
import { serviceOn } from './lib/with-service';
import { openWorkbench } from './lib/workbench';

/**
 * Entry of the process in which a worker of a queue reads recordings, one after the other: what a recording ends is this
 * process, and the worker counts it. What was found is kept for a while and then thrown away: rows say what the analysis
 * found, wherever they were made.
 */

/** The store of what was found is emptied after so many recordings: a worker's disk does not fill. */
const RECORDINGS_PER_STORE = 200;

const bench = openWorkbench('nobody');
let kept: { readonly service: Service; readonly dataDir: string; recordings: number } | null = null;

// Nobody waits for an answer any more.
process.on('disconnect', () => process.exit());
process.on('exit', () => {
  if (kept) rmSync(kept.dataDir, { recursive: true, force: true });
});

/** Called by the queue with one job at a time. @returns the row, packed @throws Error where no row can be made here */
export default async function readRecording(
  { data }: { readonly data: unknown },
  _token: unknown,
  signal: AbortSignal,
): Promise<string> {
  const job = RecordingJob.parse(data);
  const service = await freshService();
  return packRow(valueOf(await service.scanOne({ ...job, signal })));
}

async function freshService(): Promise<Service> {
  if (kept && kept.recordings >= RECORDINGS_PER_STORE) {
    await kept.service.close();
    await rm(kept.dataDir, { recursive: true, force: true });
    kept = null;
  }
  if (!kept) {
    const dataDir = await temporaryFolder('store');
    kept = { service: valueOf(await serviceOn(bench, dataDir, 1)), dataDir, recordings: 0 };
  }
  kept.recordings += 1;
  return kept.service;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
