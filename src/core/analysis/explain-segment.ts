import { err, ok, type Overlay, type Result, type Segment } from '../../shared/domain';
import type { AnalyserInput } from './analyser';
import { chooseLead } from './choose-lead';
import { measureFaithfulness, type TokenMask } from './faithfulness';
import { floatOutput, segmentInput } from './segment-input';

/**
 * Where a segment model looked in one segment: attention per head, evidence, bias and margin from the explicit
 * graph, and the measured faithfulness of the attention.
 */
export async function explainSegment(
  input: AnalyserInput,
  segment: Segment,
): Promise<Result<Overlay>> {
  const samples = await standardisedWindow(input, segment);
  return samples.ok ? explainWindow(input, samples.value, segment) : samples;
}

/**
 * The same for samples at hand; `evaluate --explain` goes through here.
 * @param samples one standardised window
 */
export async function explainWindow(
  { model, inference, signal }: Pick<AnalyserInput, 'model' | 'inference' | 'signal'>,
  samples: Float32Array,
  segment: Pick<Segment, 'index' | 'startS'>,
): Promise<Result<Overlay>> {
  const { card } = model;
  const outputs = await inference.run(
    model,
    'explain',
    segmentInput(samples, card.windowSamples),
    signal,
  );
  if (!outputs.ok) return outputs;
  const [, heads = 0, tokens = 0] = outputs.value['attention']?.dims ?? [];
  const attention = floatOutput(outputs.value, 'attention', heads * tokens);
  if (!attention.ok) return attention;
  const evidence = floatOutput(outputs.value, 'evidence', tokens);
  if (!evidence.ok) return evidence;
  const margin = marginsOf(outputs.value['margin']?.data, outputs.value['probability']?.data, 1);
  if (!margin.ok) return margin;
  const bias = outputs.value['bias'] ? floatOutput(outputs.value, 'bias', 1) : null;
  if (bias && !bias.ok) return bias;

  const faithfulness = await measureFaithfulness(
    meanOverHeads(attention.value, heads, tokens),
    (masks) => marginsUnderMasks(model, inference, signal, samples, masks),
    { seed: segment.index + 1 },
  );
  if (!faithfulness.ok) return faithfulness;
  const marginLogit = margin.value[0]!;
  return ok({
    segmentIndex: segment.index,
    startS: segment.startS,
    stepS: card.windowSamples / card.samplingRateHz / tokens,
    tokens,
    heads,
    attention: attention.value,
    evidence: evidence.value,
    marginLogit,
    biasLogit: bias ? bias.value[0]! : marginLogit - sum(evidence.value),
    faithfulness: faithfulness.value,
  });
}

async function standardisedWindow(
  { reader, model, lead, pool, signal }: AnalyserInput,
  segment: Segment,
): Promise<Result<Float32Array>> {
  const { card } = model;
  if (segment.verdict === 'Unreadable') {
    return err(
      'unsupported',
      `Segment ${segment.index + 1} of ${reader.name} is Unreadable (${segment.reason}); the model did not look at it.`,
    );
  }
  const chosen = chooseLead(reader, card.leads.preferred, lead);
  if (!chosen.ok) return chosen;
  const batch = await pool.run(
    'analysis.windows',
    {
      headerPath: reader.headerPath,
      lead: chosen.value.index,
      spec: {
        samplingRateHz: card.samplingRateHz,
        windowSamples: card.windowSamples,
        hopSamples: card.hopSamples,
        filter: card.filter,
      },
      grid: 'flush',
      first: segment.index,
      end: segment.index + 1,
    },
    { lane: 'interactive', signal },
  );
  if (!batch.ok) return batch;
  if (batch.value.samples.length !== card.windowSamples) {
    return err('conflict', `${reader.name} has changed since it was analysed; analyse it again.`);
  }
  return ok(batch.value.samples);
}

/** Margins of one window under masks, by the fused graph where the model has one. */
async function marginsUnderMasks(
  model: AnalyserInput['model'],
  inference: AnalyserInput['inference'],
  signal: AbortSignal,
  samples: Float32Array,
  masks: readonly TokenMask[],
): Promise<Result<readonly number[]>> {
  const rows = new Float32Array(samples.length * masks.length);
  masks.forEach((mask, row) => {
    const samplesPerToken = samples.length / mask.length;
    for (let i = 0; i < samples.length; i++) {
      const masked = mask[Math.floor(i / samplesPerToken)] === 1;
      rows[row * samples.length + i] = masked ? 0 : samples[i]!;
    }
  });
  const variant = model.paths.scan ? 'scan' : 'explain';
  const outputs = await inference.run(model, variant, segmentInput(rows, samples.length), signal);
  if (!outputs.ok) return outputs;
  return marginsOf(outputs.value['margin']?.data, outputs.value['probability']?.data, masks.length);
}

/** Softmax leaves the margin in its ratio; this keeps it finite where float32 has rounded one class to 0. */
const SMALLEST_PROBABILITY = 1e-30;

function marginsOf(margin: unknown, probability: unknown, rows: number): Result<number[]> {
  if (margin instanceof Float32Array && margin.length === rows) return ok([...margin]);
  if (!(probability instanceof Float32Array) || probability.length !== 2 * rows) {
    return err('bad-model', 'The model gave neither a margin nor a probability for each segment.');
  }
  return ok(
    Array.from({ length: rows }, (_, row) =>
      Math.log(
        Math.max(probability[2 * row + 1]!, SMALLEST_PROBABILITY) /
          Math.max(probability[2 * row]!, SMALLEST_PROBABILITY),
      ),
    ),
  );
}

function meanOverHeads(attention: Float32Array, heads: number, tokens: number): Float32Array {
  const mean = new Float32Array(tokens);
  for (let i = 0; i < attention.length; i++) mean[i % tokens]! += attention[i]! / heads;
  return mean;
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
