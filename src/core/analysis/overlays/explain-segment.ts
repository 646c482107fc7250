import { METHODS } from '../../../shared/contract';
import {
  ok,
  type Faithfulness,
  type Overlay,
  type Result,
  type Segment,
} from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { AnalyserInput } from '../analyser';
import { attendedOf, meanOverHeads } from './attention';
import { chooseLead } from '../choose-lead';
import { inOrder } from '../in-order';
import { measureFaithfulness, type TokenMask } from './faithfulness';
import { notLookedAt } from './not-looked-at';
import { floatOutput, segmentInput } from '../segment-model/segment-input';
import { scanWindows } from '../segment-model/segment-probability';
import { windowsTask } from '../segment-model/windows-task';
import type { Attended } from '../types';

/** One window is inferred while the next are being read. */
const WINDOWS_AHEAD = 3;

/** Where a segment model looked in several segments; nothing is masked, so nothing is said of its faithfulness. */
export async function attendSegments(
  input: AnalyserInput,
  segments: readonly Segment[],
): Promise<Result<(Attended | null)[]>> {
  const attended: (Attended | null)[] = [];
  const answers = inOrder(segments.length, WINDOWS_AHEAD, async (i) => {
    const segment = segments[i]!;
    if (segment.verdict === 'Unreadable') return ok(null);
    const samples = await standardisedWindow(input, segment);
    return samples.ok ? lookAtWindow(input, samples.value, segment) : samples;
  });
  for await (const answer of answers) {
    if (!answer.ok) return answer;
    attended.push(answer.value && attendedOf(answer.value));
  }
  return ok(attended);
}

/**
 * Where a segment model looked in one segment: attention per head, evidence, bias and margin from the explicit
 * graph, and the measured faithfulness of attention and of evidence.
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
  asked: Asked,
  samples: Float32Array,
  segment: Pick<Segment, 'index' | 'startS'>,
): Promise<Result<Overlay>> {
  const overlay = await lookAtWindow(asked, samples, segment);
  if (!overlay.ok) return overlay;
  const { attention, evidence, heads, tokens } = overlay.value;
  const measure = (values: Float32Array): Promise<Result<Faithfulness>> =>
    measureFaithfulness(values, (masks) => marginsUnderMasks(asked, samples, masks), {
      seed: segment.index + 1,
    });
  const faithfulness = await measure(meanOverHeads(attention, heads, tokens));
  if (!faithfulness.ok) return faithfulness;
  const evidenceFaithfulness = await measure(evidence);
  if (!evidenceFaithfulness.ok) return evidenceFaithfulness;
  return ok({
    ...overlay.value,
    faithfulness: faithfulness.value,
    evidenceFaithfulness: evidenceFaithfulness.value,
  });
}

type Asked = Pick<AnalyserInput, 'model' | 'inference' | 'signal'>;

/** One run of the explicit graph; the faithfulness is left open. */
export async function lookAtWindow(
  { model, inference, signal }: Asked,
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
    faithfulness: null,
  });
}

async function standardisedWindow(
  { recording, model, lead, pool, signal }: AnalyserInput,
  segment: Segment,
): Promise<Result<Float32Array>> {
  const { card } = model;
  if (segment.verdict === 'Unreadable') {
    return notLookedAt(segment, recording.name);
  }
  const chosen = chooseLead(recording, card.leads.preferred, lead);
  if (!chosen.ok) return chosen;
  const batch = await pool.run(
    windowsTask,
    {
      path: recording.path,
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
    { lane: METHODS['analysis.explain'].lane, signal },
  );
  if (!batch.ok) return batch;
  if (batch.value.samples.length !== card.windowSamples) {
    return errSaid('conflict', 'failures.changedSinceAnalysed', { name: recording.name });
  }
  return ok(batch.value.samples);
}

/** Margins of one window under masks, by the fused graph where the model has one. */
async function marginsUnderMasks(
  asked: Asked,
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
  const outputs = await scanWindows(asked, rows);
  if (!outputs.ok) return outputs;
  return marginsOf(outputs.value['margin']?.data, outputs.value['probability']?.data, masks.length);
}

/** Softmax leaves the margin in its ratio; this keeps it finite where float32 has rounded one class to 0. */
const SMALLEST_PROBABILITY = 1e-30;

function marginsOf(margin: unknown, probability: unknown, rows: number): Result<number[]> {
  if (isFor(rows, margin)) return ok([...margin]);
  if (!isFor(2 * rows, probability)) {
    return errSaid('bad-model', 'files.noMargin');
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

function isFor(count: number, values: unknown): values is Float32Array {
  return values instanceof Float32Array && values.length === count && values.every(Number.isFinite);
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
