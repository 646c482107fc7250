import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '../../../shared/domain';
import { CARD_METADATA_KEY } from '../check-graph';
import { writeOnnx, type OnnxModel } from './onnx-writer';

export const TEST_WINDOW = 3600;
export const TEST_HEADS = 2;
export const TEST_TOKENS = 900;

export interface FixtureOptions {
  readonly id?: string;
  /** Changes the card that is written, and the one inside the graph, each on its own. */
  readonly card?: Partial<ModelCard>;
  readonly inside?: Record<string, unknown>;
  /** Puts the weights of both graphs into one file of this name. */
  readonly externalFile?: string;
  readonly nameExternalFile?: boolean;
  readonly outputs?: (outputs: OnnxModel['outputs']) => OnnxModel['outputs'];
}

/**
 * Writes a model of kind `segment-attention` whose answer is known: with m the mean of a segment,
 * probability = softmax(0, 4 m), evidence of a token = the mean of its four samples x 4 / 900, attention even.
 * @returns path of the card
 */
export async function writeTestModel(dir: string, options: FixtureOptions = {}): Promise<string> {
  const id = options.id ?? 'test-model';
  await mkdir(join(dir, id), { recursive: true });
  const base = testCard(id);
  const inside = JSON.stringify({ ...base, files: undefined, ...options.inside });
  const files: ModelCard['files'] = {};
  for (const variant of ['scan', 'explain'] as const) {
    const model = graph(variant === 'explain', options.externalFile);
    const { bytes, external } = writeOnnx({
      ...model,
      outputs: options.outputs?.(model.outputs) ?? model.outputs,
      metadata: { [CARD_METADATA_KEY]: inside },
    });
    files[variant] = await put(dir, id, `${id}.${variant}.onnx`, bytes);
    for (const [name, weights] of external) {
      const entry = await put(dir, id, name, weights);
      if (options.nameExternalFile !== false) files['weights'] = entry;
    }
  }
  const path = join(dir, id, 'card.json');
  await writeFile(path, JSON.stringify({ ...base, files, ...options.card }));
  return path;
}

async function put(
  dir: string,
  id: string,
  file: string,
  bytes: Uint8Array,
): Promise<{ file: string; sha256: string }> {
  await writeFile(join(dir, id, file), bytes);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function graph(explain: boolean, externalFile?: string): Omit<OnnxModel, 'metadata'> {
  const weights: OnnxModel['weights'] = {
    slope: { dims: [1, 2], data: Float32Array.of(0, 4), ...(externalFile ? { externalFile } : {}) },
    ...(explain
      ? {
          grid: { dims: [3], data: BigInt64Array.of(0n, BigInt(TEST_TOKENS), -1n) },
          share: { dims: [1], data: Float32Array.of(4 / TEST_TOKENS) },
          zero: { dims: [1], data: Float32Array.of(0) },
          even: {
            dims: [1, TEST_HEADS, TEST_TOKENS],
            data: new Float32Array(TEST_HEADS * TEST_TOKENS).fill(1 / TEST_TOKENS),
          },
        }
      : {}),
  };
  const scan: OnnxModel['nodes'] = [
    {
      op: 'ReduceMean',
      inputs: ['segments'],
      outputs: ['mean'],
      ints: { axes: [2] },
      int: { keepdims: 0 },
    },
    { op: 'MatMul', inputs: ['mean', 'slope'], outputs: ['logits'] },
    { op: 'Softmax', inputs: ['logits'], outputs: ['probability'], int: { axis: -1 } },
  ];
  const overlay: OnnxModel['nodes'] = [
    { op: 'Reshape', inputs: ['segments', 'grid'], outputs: ['cells'] },
    {
      op: 'ReduceMean',
      inputs: ['cells'],
      outputs: ['cellMean'],
      ints: { axes: [2] },
      int: { keepdims: 0 },
    },
    { op: 'Mul', inputs: ['cellMean', 'share'], outputs: ['evidence'] },
    {
      op: 'ReduceMean',
      inputs: ['segments'],
      outputs: ['mean3'],
      ints: { axes: [2] },
      int: { keepdims: 1 },
    },
    { op: 'Mul', inputs: ['mean3', 'zero'], outputs: ['nothing'] },
    { op: 'Add', inputs: ['even', 'nothing'], outputs: ['attention'] },
  ];
  return {
    inputs: { segments: ['batch', 1, TEST_WINDOW] },
    outputs: {
      probability: ['batch', 2],
      ...(explain
        ? {
            attention: ['batch', TEST_HEADS, TEST_TOKENS],
            evidence: ['batch', TEST_TOKENS],
          }
        : {}),
    },
    weights,
    nodes: explain ? [...scan, ...overlay] : scan,
  };
}

function testCard(id: string): ModelCard {
  return {
    id,
    version: '1.0.0',
    title: 'Mean of the segment (test model)',
    kind: 'segment-attention',
    files: {},
    scheme: 'majority',
    leads: { min: 1, max: 1, preferred: ['MLII', 'II'] },
    samplingRateHz: 360,
    windowSamples: TEST_WINDOW,
    hopSamples: TEST_WINDOW / 2,
    filter: { lowHz: 0.5, highHz: 50, order: 5 },
    threshold: { value: 0.5, chosen: 'by definition' },
    referBand: null,
    training: { records: [], commit: '', seed: 0, recipe: 'none', software: 'none' },
    metrics: {},
    limits: ['Test model: says nothing about a heart.'],
    parameters: {},
  };
}
