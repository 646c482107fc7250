import { METHODS } from '../../../shared/contract';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { segmentGrid } from '../../dsp';
import type { AnalysisPlan, TrialInput } from '../analyser';
import { chooseLead } from '../choose-lead';
import type { WindowBatch } from './windows';
import { windowsTask } from './windows-task';

/**
 * Segments per batch. The scan graph takes them one by one but for its last layer, and 8 (115 kB) fit into the pipe to
 * the inference process while it computes: with 16 it waited 4 ms for the rest of every batch.
 */
export const BATCH_SEGMENTS = 8;

/** Which lead a segment model reads, and how many segments there are. */
export function planSegments({
  recording,
  model: { card },
  lead: wanted,
}: TrialInput): Result<AnalysisPlan> {
  const lead = chooseLead(recording, card.leads.preferred, wanted);
  if (!lead.ok) return lead;
  const { samples, samplingRateHz } = recording.leads[lead.value.index]!;
  const durationS = samples / samplingRateHz;
  if (!(durationS > 0))
    return errSaid('unsupported', 'failures.noSamples', { name: recording.name });
  const grid = segmentGrid(
    durationS,
    card.windowSamples / card.samplingRateHz,
    card.hopSamples / card.samplingRateHz,
    'flush',
  );
  return ok({ segmentsTotal: grid.count, lead: lead.value });
}

/** Standardised windows [first, end) of the grid, made in a worker thread. */
export function readWindows(
  { recording, model: { card }, pool, signal }: TrialInput,
  plan: AnalysisPlan,
  first: number,
  end: number,
): Promise<Result<WindowBatch>> {
  const { samplingRateHz, windowSamples, hopSamples, filter } = card;
  return pool.run(
    windowsTask,
    {
      path: recording.path,
      lead: plan.lead!.index,
      spec: { samplingRateHz, windowSamples, hopSamples, filter },
      grid: 'flush',
      first,
      end,
    },
    { lane: METHODS['analysis.start'].lane, signal },
  );
}
