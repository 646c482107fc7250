import { z } from 'zod';
import { LabelScheme } from '../../shared/domain';

const Row = z.object({
  record: z.string(),
  patient: z.string(),
  startS: z.number(),
  abnormal: z.boolean(),
  probability: z.number().min(0).max(1),
});

/** `training.json`: what `python -m attention_cnn train` leaves for the card. */
export const TrainingResult = z.object({
  recipe: z.looseObject({ scheme: LabelScheme, seed: z.int(), simulated: z.int().optional() }),
  software: z.string(),
  /** Of the code that trained. */
  commit: z.string(),
  records: z.array(z.string()),
  source: z.object({
    samplingRateHz: z.number(),
    windowSamples: z.int(),
    hopSamples: z.int(),
    filter: z.object({ lowHz: z.number(), highHz: z.number(), order: z.int() }),
    leads: z.array(z.string()),
  }),
  epochs: z.int(),
  calibration: z.tuple([z.number(), z.number()]),
  folds: z.array(
    z.object({ patients: z.array(z.string()), epochs: z.int(), rocAuc: z.number().nullable() }),
  ),
  /** Predicted by the fold that held the patient out. */
  crossValidation: z.array(Row.extend({ fold: z.int() })),
  leakyRandomSplit: z.array(Row),
});
export type TrainingResult = z.infer<typeof TrainingResult>;
