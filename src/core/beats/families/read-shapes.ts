import { lowerBound, ok, type Band, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { createBandpass, filterWindow } from '../../dsp';
import type { LeadSignal } from '../../recordings/lead-signal';
import type { FilteredLead } from '../features';
import { cutShapes, emptyShapes, type BeatShapes } from './beat-shapes';

/** Read and filtered at once, seconds: the filter's margins of some 25 s on each side cost little beside it. */
const BLOCK_S = 240;
/** Beyond the block, seconds: a beat at its edge is cut whole. */
const EDGE_S = 1.5;

/**
 * Reads the shapes of beats from a recording, block by block.
 * @param timeS R peaks in time order
 * @param step told how much is done, 0 to 1; says whether to stop
 * @returns `cancelled` once `step` says so
 */
export async function readShapes(
  leads: readonly LeadSignal[],
  timeS: Float64Array,
  band: Band,
  step: (done: number) => boolean,
): Promise<Result<BeatShapes>> {
  const shapes = emptyShapes(timeS.length, leads.length);
  const filters = leads.map(({ rateHz }) => createBandpass(rateHz, band));
  for (let first = 0; first < timeS.length;) {
    if (step(first / timeS.length)) return errSaid('cancelled', 'failures.cancelled');
    // From the first beat that is left, so that hours without one are not read.
    const fromS = timeS[first]!;
    const last = lowerBound(timeS, fromS + BLOCK_S);
    const toS = timeS[last - 1]!;
    const filtered: FilteredLead[] = [];
    for (const [i, { rateHz, length, read }] of leads.entries()) {
      const start = Math.max(0, Math.floor((fromS - EDGE_S) * rateHz));
      const end = Math.min(length, Math.ceil((toS + EDGE_S) * rateHz));
      const samples = await filterWindow(filters[i]!, read, length, start, end);
      if (!samples.ok) return samples;
      filtered.push({ samples: samples.value, rateHz, startS: start / rateHz });
      if (step(first / timeS.length)) return errSaid('cancelled', 'failures.cancelled');
    }
    cutShapes(filtered, timeS.subarray(first, last), first, shapes);
    first = last;
  }
  step(1);
  return ok(shapes);
}
