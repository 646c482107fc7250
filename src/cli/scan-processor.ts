import { rmSync } from 'node:fs';
import { removeTemporaryFolder, temporaryFolder } from '../core/host';
import {
  endWithParent,
  handBack,
  packRow,
  RecordingJob,
  type HeldJob,
  type Service,
} from '../core/service';
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

endWithParent();
process.on('exit', () => {
  if (kept) rmSync(kept.dataDir, { recursive: true, force: true });
});

/**
 * Called by the queue with one job at a time.
 * @returns the row, packed; of a recording that cannot be read that is an error row
 * @throws Error where no row can be made here (`handBack`)
 */
export default async function readRecording(
  job: HeldJob & { readonly data: unknown },
  token: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const asked = RecordingJob.parse(job.data);
    const service = await freshService();
    return packRow(valueOf(await service.scanOne({ ...asked, signal })));
  } catch (cause) {
    return handBack(job, token, cause as Error);
  }
}

async function freshService(): Promise<Service> {
  if (kept && kept.recordings >= RECORDINGS_PER_STORE) {
    await kept.service.close();
    await removeTemporaryFolder(kept.dataDir);
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
  if (!result.ok) throw Object.assign(new Error(result.error.message), { code: result.error.code });
  return result.value;
}
