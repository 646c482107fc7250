import { METHODS } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { leadsOf } from '../recordings/recording-info';
import type { AnalyserInput, AnalyserUpdate } from './analyser';
import { qualityTask } from './quality-task';

/** Minutes at a time: enough neighbours to judge a second by, little memory. */
const STRETCH_S = 1200;
/** Below this a lead is too coarse to be judged. */
const LOWEST_RATE_HZ = 100;

/**
 * An analysis, and after it the quality of the ECG leads that the model did not read: a lead that is off is named
 * whoever reads it. One that cannot be judged is left out.
 */
export async function* withLeadQuality(
  { recording, pool, signal }: AnalyserInput,
  updates: AsyncIterable<Result<AnalyserUpdate>>,
): AsyncIterable<Result<AnalyserUpdate>> {
  const judged = new Set<number>();
  for await (const update of updates) {
    yield update;
    if (!update.ok) return;
    if (update.value.kind === 'quality') judged.add(update.value.lead);
  }
  const seconds = Math.ceil(recording.durationS);
  for (const { index, isEcg, samplingRateHz } of leadsOf(recording)) {
    if (!isEcg || judged.has(index) || samplingRateHz < LOWEST_RATE_HZ) continue;
    for (let fromS = 0; fromS < seconds; fromS += STRETCH_S) {
      if (signal.aborted) return;
      const toS = Math.min(seconds, fromS + STRETCH_S);
      const quality = await pool.run(
        qualityTask,
        { path: recording.path, lead: index, fromS, toS },
        { lane: METHODS['analysis.start'].lane, signal },
      );
      if (!quality.ok) break;
      const update: AnalyserUpdate = {
        kind: 'quality',
        lead: index,
        fromS,
        level: quality.value,
      };
      yield ok(update);
    }
  }
}
