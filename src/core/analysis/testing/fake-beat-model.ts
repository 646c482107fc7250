import { ok, type ModelCard } from '../../../shared/domain';
import { BEAT_FEATURE_VERSION } from '../../beats/features';
import type { Inference, ModelFiles, Tensor } from '../../inference/types';

/** A card of kind `beat-attention` of which no file is read. */
export const fakeBeatModel = {
  card: {
    files: {},
    id: 'fake',
    kind: 'beat-attention',
    samplingRateHz: 128,
    windowSamples: 1280,
    hopSamples: 640,
    filter: { lowHz: 0.5, highHz: 50, order: 5 },
    threshold: { value: 0.5, chosen: '' },
    referBand: null,
    parameters: {
      featureVersion: BEAT_FEATURE_VERSION,
      classes: ['N', 'S', 'V', 'F', 'Q'],
      sequenceBeats: 64,
      members: 1,
      segmentBiasLogit: { review: -3, ectopy: -3 },
      uncertainBelow: 0.45,
      leads: 3,
    },
  } as unknown as ModelCard,
  paths: { scan: 'none', explain: 'none' },
} satisfies ModelFiles;

/** Stands in for the network: a beat that comes early is V, draws the attention and speaks for Abnormal. */
export const fakeBeatInference: Inference = {
  async run(_model, _variant, inputs) {
    // As from a process of its own: not before others had their turn.
    await new Promise((resolve) => setImmediate(resolve));
    const rhythm = inputs['rhythm']!.data as Float32Array;
    const beats = rhythm.length / 5;
    const tensor = (width: number, value: (early: boolean, i: number) => number): Tensor => {
      const data = new Float32Array(beats * width);
      for (let beat = 0; beat < beats; beat++) {
        const early = rhythm[beat * 5]! < 0.75 * rhythm[beat * 5 + 2]!;
        for (let i = 0; i < width; i++) data[beat * width + i] = value(early, i);
      }
      return { type: 'float32', dims: [beats / 64, 64, width], data };
    };
    const likely = [0.9, 0.05, 0.03, 0.01, 0.01];
    const asV = [0.03, 0.05, 0.9, 0.01, 0.01];
    return ok({
      classes: tensor(5, (early, i) => (early ? asV : likely)[i]!),
      fibrillation: tensor(1, () => 0.01),
      attention: tensor(1, (early) => (early ? 6 : 0)),
      score: tensor(1, (early) => (early ? 8 : 0)),
      ectopyAttention: tensor(1, (early) => (early ? 6 : 0)),
      ectopyScore: tensor(1, (early) => (early ? 7 : 0)),
    });
  },
  provider: () => 'cpu',
  devices: async () => [],
  tryDevices: async () => [],
  close: async () => undefined,
};
