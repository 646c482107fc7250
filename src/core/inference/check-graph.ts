import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ModelCard } from '../../shared/domain';
import type { OnnxSummary } from './onnx-file';
import type { GraphValue } from './types';
import type { GraphVariant } from './types';

/** Metadata key under which an ONNX file carries its card, without the `files` that would hash themselves. */
export const CARD_METADATA_KEY = 'fiducial.card';

/** Name of the input of a `segment-attention` graph; `analysis/segment-model/segment-input.ts` feeds it. */
const SEGMENT_INPUT = 'segments';

type Dim = number | '*';

/**
 * What is wrong between a card and a graph, in one sentence, or null when they agree.
 *
 * `segment-attention` feeds one float32 input `segments` [batch, 1, windowSamples] and answers
 * `probability` [batch, 2]; the `explain` variant also `attention` [batch, heads, tokens] and `evidence`
 * [batch, tokens]. `beat-attention` states its own in `parameters.inputs` and `parameters.outputs`: dimensions by
 * name of the value, strings where they are free. Its `strip` graph reads `signal` and `inside` [leads, samples] and
 * answers `fibrillation` [leads]; it carries no card, but its SHA-256 stands in the card that the others carry.
 */
export function graphDisagreement(
  card: ModelCard,
  variant: GraphVariant,
  graph: OnnxSummary,
): string | null {
  if (variant === 'strip') return stripDisagreement(card, graph);
  return (
    metadataDisagreement(card, graph) ??
    (card.kind === 'segment-attention'
      ? segmentDisagreement(card, variant, graph)
      : declaredDisagreement(card, variant, graph))
  );
}

function metadataDisagreement(card: ModelCard, graph: OnnxSummary): string | null {
  const text = graph.metadata[CARD_METADATA_KEY];
  if (text === undefined) return `the graph carries no card (metadata "${CARD_METADATA_KEY}")`;
  let inside: Record<string, unknown>;
  try {
    inside = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'the card inside the graph is not JSON';
  }
  // Every field decides something, if only what a person is told; `files` would have to hash itself.
  for (const key of Object.keys(ModelCard.shape) as (keyof ModelCard)[]) {
    if (key === 'files' || isDeepStrictEqual(inside?.[key], card[key])) continue;
    return `the card says ${key} ${shortly(card[key])}, the graph ${shortly(inside?.[key])}`;
  }
  return null;
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

const StripOnCard = z.object({ strip: z.object({ rhythm: z.object({ sha256: z.string() }) }) });

function stripDisagreement(card: ModelCard, graph: OnnxSummary): string | null {
  const promised = StripOnCard.safeParse(card.parameters);
  if (!promised.success) return 'the card does not state parameters.strip.rhythm';
  if (promised.data.strip.rhythm.sha256 !== card.files['strip']?.sha256)
    return 'its SHA-256 is not that of parameters.strip.rhythm';
  const each: Dim[] = ['*', '*'];
  const exact = { missing: false, extra: false };
  return (
    valuesDisagreement('input', graph.inputs, { signal: each, inside: each }, exact) ??
    valuesDisagreement('output', graph.outputs, { fibrillation: ['*'] }, exact)
  );
}

function segmentDisagreement(
  card: ModelCard,
  variant: GraphVariant,
  graph: OnnxSummary,
): string | null {
  const [input, ...more] = graph.inputs;
  if (!input || more.length > 0) return `the graph has ${graph.inputs.length} inputs, not 1`;
  const isRight =
    input.name === SEGMENT_INPUT &&
    input.type === 'float32' &&
    matches(input.dims, ['*', 1, card.windowSamples]);
  if (!isRight) {
    return (
      `input "${input.name}" is ${describe(input)}, ` +
      `not "${SEGMENT_INPUT}" float32 [batch, 1, ${card.windowSamples}]`
    );
  }
  const wanted: Record<string, Dim[]> = { probability: ['*', 2] };
  if (variant === 'explain') {
    wanted['attention'] = ['*', '*', '*'];
    wanted['evidence'] = ['*', '*'];
  }
  return valuesDisagreement('output', graph.outputs, wanted, { missing: false, extra: true });
}

function declaredDisagreement(
  card: ModelCard,
  variant: GraphVariant,
  graph: OnnxSummary,
): string | null {
  const inputs = declared(card.parameters['inputs']);
  const outputs = declared(card.parameters['outputs']);
  if (!inputs || !outputs)
    return 'the card does not state parameters.inputs and parameters.outputs';
  return (
    valuesDisagreement('input', graph.inputs, inputs, { missing: false, extra: false }) ??
    // A scan graph may leave out what only an overlay needs, but must not rename anything.
    valuesDisagreement('output', graph.outputs, outputs, {
      missing: variant === 'scan',
      extra: false,
    })
  );
}

function declared(value: unknown): Record<string, Dim[]> | null {
  if (typeof value !== 'object' || value === null) return null;
  const shapes: Record<string, Dim[]> = {};
  for (const [name, dims] of Object.entries(value)) {
    if (!Array.isArray(dims)) return null;
    shapes[name] = dims.map((dim: unknown) => (typeof dim === 'number' ? dim : '*'));
  }
  return shapes;
}

function valuesDisagreement(
  what: string,
  values: readonly GraphValue[],
  wanted: Readonly<Record<string, Dim[]>>,
  allowed: { missing: boolean; extra: boolean },
): string | null {
  const byName = new Map(values.map((value) => [value.name, value]));
  for (const [name, dims] of Object.entries(wanted)) {
    const value = byName.get(name);
    if (!value && allowed.missing) continue;
    if (!value) return `${what} "${name}" is missing from the graph`;
    if (!matches(value.dims, dims)) {
      return `${what} "${name}" is ${describe(value)}, the card expects [${dims.join(', ')}]`;
    }
  }
  const stranger = allowed.extra ? undefined : values.find(({ name }) => !(name in wanted));
  return stranger ? `${what} "${stranger.name}" of the graph is not on the card` : null;
}

/** A free dimension on either side agrees with anything; two numbers must be equal. */
function matches(actual: readonly (number | string)[], wanted: readonly Dim[]): boolean {
  return (
    actual.length === wanted.length &&
    actual.every((dim, i) => typeof dim === 'string' || wanted[i] === '*' || wanted[i] === dim)
  );
}

function describe(value: GraphValue): string {
  return `${value.type} [${value.dims.join(', ')}]`;
}
