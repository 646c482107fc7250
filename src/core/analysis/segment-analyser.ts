import { err, ok, type Result, type Segment } from '../../shared/domain';
import { segmentGrid } from '../dsp';
import { signalLength, signalRateHz } from '../recordings/read-samples';
import type { AnalyserInput, AnalyserUpdate, AnalysisPlan, Analyser } from './analyser';
import { chooseLead } from './choose-lead';
import { attendSegments, explainSegment } from './explain-segment';
import { inOrder } from './in-order';
import { floatOutput, segmentInput } from './segment-input';
import { judge } from './verdict';

/**
 * Segments per batch. Measured on two cores (design.md section 10): the fused graph reaches its rate from 4 on;
 * 16 also keeps the share of the filter's margins in a run of windows small.
 */
const BATCH_SEGMENTS = 16;
/** One batch is inferred, one waits for it, one is being cut: the graph is never idle and memory is bounded. */
const BATCHES_AHEAD = 3;

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
    const batches = Math.ceil(plan.value.segmentsTotal / BATCH_SEGMENTS);
    const results = inOrder(batches, BATCHES_AHEAD, (batch) =>
      analyseBatch(
        input,
        plan.value,
        batch * BATCH_SEGMENTS,
        Math.min(plan.value.segmentsTotal, (batch + 1) * BATCH_SEGMENTS),
      ),
    );
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

async function analyseBatch(
  { reader, model, pool, inference, signal }: AnalyserInput,
  plan: AnalysisPlan,
  first: number,
  end: number,
): Promise<Result<Segment[]>> {
  if (signal.aborted) return err('cancelled', 'The analysis was cancelled.');
  const { card } = model;
  const batch = await pool.run(
    'analysis.windows',
    {
      headerPath: reader.headerPath,
      lead: plan.lead!.index,
      spec: {
        samplingRateHz: card.samplingRateHz,
        windowSamples: card.windowSamples,
        hopSamples: card.hopSamples,
        filter: card.filter,
      },
      grid: 'flush',
      first,
      end,
    },
    { lane: 'bulk', signal },
  );
  if (!batch.ok) return batch;
  const { windows, samples } = batch.value;
  const rows = samples.length / card.windowSamples;
  let abnormal = new Float32Array(0);
  if (rows > 0) {
    const outputs = await inference.run(
      model,
      model.paths.scan ? 'scan' : 'explain',
      segmentInput(samples, card.windowSamples),
      signal,
    );
    if (!outputs.ok) return outputs;
    const probability = floatOutput(outputs.value, 'probability', 2 * rows);
    if (!probability.ok) return probability;
    abnormal = probability.value.filter((_, i) => i % 2 === 1);
  }
  let row = 0;
  return ok(
    windows.map((window) =>
      judge(window, window.unreadable === null ? abnormal[row++]! : null, card),
    ),
  );
}
