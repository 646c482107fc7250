import { err, ok, type Result, type Segment } from '../../../shared/domain';
import { segmentGrid } from '../../dsp';
import { signalLength, signalRateHz } from '../../recordings/read-samples';
import type { AnalyserInput, AnalyserUpdate, AnalysisPlan, Analyser } from '../analyser';
import { chooseLead } from '../choose-lead';
import { attendSegments, explainSegment } from '../overlays/explain-segment';
import { inOrder } from '../in-order';
import { abnormalProbabilities } from './segment-probability';
import { judge } from '../verdict';
import { createWindowStretches } from './window-stretches';
import type { WindowBatch } from './windows';
import { windowsTask } from './windows-task';

/**
 * Segments per batch. The scan graph takes them one by one but for its last layer, and 8 (115 kB) fit into the pipe to
 * the inference process while it computes: with 16 it waited 4 ms for the rest of every batch.
 */
const BATCH_SEGMENTS = 8;
/** In each replica one batch is inferred and one waits for it, so that no graph is ever idle; memory is bounded. */
const BATCHES_AHEAD_PER_REPLICA = 2;

/** Models that read one window of one lead at a time (`attention-cnn`). */
export const segmentAnalyser: Analyser = {
  plan(input) {
    const { reader, model } = input;
    const { card } = model;
    const lead = chooseLead(reader, card.leads.preferred, input.lead);
    if (!lead.ok) return lead;
    const durationS =
      signalLength(reader, lead.value.index) / signalRateHz(reader, lead.value.index);
    if (!(durationS > 0)) return err('unsupported', `${reader.name} holds no samples.`);
    const grid = segmentGrid(
      durationS,
      card.windowSamples / card.samplingRateHz,
      card.hopSamples / card.samplingRateHz,
      'flush',
    );
    return ok({ segmentsTotal: grid.count, lead: lead.value });
  },

  async *run(input) {
    const plan = segmentAnalyser.plan(input);
    if (!plan.ok) {
      yield plan;
      return;
    }
    const { segmentsTotal } = plan.value;
    const windowsOf = createWindowStretches(
      (first, end) => readWindows(input, plan.value, first, end),
      segmentsTotal,
      BATCH_SEGMENTS,
    );
    const batches = Math.ceil(segmentsTotal / BATCH_SEGMENTS);
    // One more is on its way.
    const ahead = 1 + BATCHES_AHEAD_PER_REPLICA * (input.inference.replicas ?? 1);
    const results = inOrder(batches, ahead, async (batch) => {
      if (input.signal.aborted) return err('cancelled', 'The analysis was cancelled.');
      const windows = await windowsOf(batch);
      return windows.ok ? judgeWindows(input, windows.value) : windows;
    });
    for await (const segments of results) {
      if (!segments.ok) {
        yield segments;
        return;
      }
      const update: AnalyserUpdate = { kind: 'segments', segments: segments.value };
      yield ok(update);
    }
  },

  explain: (input, segment) => explainSegment(input, segment),
  attend: attendSegments,
};

function readWindows(
  { reader, model: { card }, pool, signal }: AnalyserInput,
  plan: AnalysisPlan,
  first: number,
  end: number,
): Promise<Result<WindowBatch>> {
  const { samplingRateHz, windowSamples, hopSamples, filter } = card;
  return pool.run(
    windowsTask,
    {
      headerPath: reader.headerPath,
      lead: plan.lead!.index,
      spec: { samplingRateHz, windowSamples, hopSamples, filter },
      grid: 'flush',
      first,
      end,
    },
    { lane: 'bulk', signal },
  );
}

async function judgeWindows(
  input: AnalyserInput,
  { windows, samples }: WindowBatch,
): Promise<Result<Segment[]>> {
  const { card } = input.model;
  const answered = await abnormalProbabilities(input, samples);
  if (!answered.ok) return answered;
  const abnormal = answered.value;
  let row = 0;
  return ok(
    windows.map((window) =>
      judge(window, window.unreadable === null ? abnormal[row++]! : null, card),
    ),
  );
}
