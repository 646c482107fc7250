import { z } from 'zod';

/** A number with its 95 % interval from a bootstrap over records. */
export const Estimate = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

export const LabelScheme = z.enum(['majority', 'ectopy', 'review']);
export type LabelScheme = z.infer<typeof LabelScheme>;

/** What a model is, what it was trained on and how far to trust it. Lies beside the ONNX file and inside it. */
export const ModelCard = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  /** Names the input and output convention: what the engine must feed and may expect. */
  kind: z.enum(['segment-attention', 'beat-attention']),
  /** SHA-256 of each ONNX file by variant: `explain` has every output, `scan` only what a scan needs. */
  files: z.record(z.string(), z.object({ file: z.string(), sha256: z.string() })),
  scheme: LabelScheme,
  leads: z.object({ min: z.int(), max: z.int(), preferred: z.array(z.string()) }),
  samplingRateHz: z.number(),
  windowSamples: z.int(),
  hopSamples: z.int(),
  filter: z.object({ lowHz: z.number(), highHz: z.number(), order: z.int() }),
  threshold: z.object({ value: z.number(), chosen: z.string() }),
  /** Probabilities inside [low, high] are shown as `refer`; null where the model has no such band. */
  referBand: z.object({ low: z.number(), high: z.number() }).nullable(),
  training: z.object({
    records: z.array(z.string()),
    commit: z.string(),
    seed: z.int(),
    recipe: z.string(),
    software: z.string(),
  }),
  /** Figures by name; the name says the split, as in `crossValidation.rocAuc` or `leakyRandomSplit.rocAuc`. */
  metrics: z.record(z.string(), z.record(z.string(), z.union([Estimate, z.number(), z.string()]))),
  limits: z.array(z.string()),
  /** Free room for what one kind of model needs (temperatures, class names, feature versions). */
  parameters: z.record(z.string(), z.unknown()),
});
export type ModelCard = z.infer<typeof ModelCard>;
