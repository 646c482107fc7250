import { z } from 'zod';
import { Failure, Warning } from '../../shared/domain';

/** All that the job of a prediction carries: what was sent, and the answer, lie in a folder that all servers see. */
export const PredictionJob = z.strictObject({
  modelId: z.string(),
  modelSha256: z.string(),
  /** Mark of whoever may have the answer; null where only the server's own token opens it. */
  owner: z.string().nullable(),
  /** The recording, from the folder of the job. */
  path: z.string(),
  /** Index of the lead to read; null lets the model choose. */
  lead: z.number().int().min(0).nullable(),
  withSignal: z.boolean(),
  warnings: z.array(Warning),
  /** `traceparent` of the request that brought it; null where nothing is traced. */
  trace: z.string().nullable(),
});
export type PredictionJob = z.infer<typeof PredictionJob>;

/** What every version reads of the jobs of every other. */
export const OwnedJob = z.object({ owner: z.string().nullable() });

/** How it ended, which is what its job returns. */
export const PredictionEnd = z.discriminatedUnion('kind', [
  /** The answer's file, from the folder of the job. */
  z.strictObject({ kind: z.literal('done'), file: z.string(), bytes: z.number() }),
  z.strictObject({ kind: z.literal('failed'), error: Failure }),
  /** Nobody wants it any more. */
  z.strictObject({ kind: z.literal('gone') }),
]);
export type PredictionEnd = z.infer<typeof PredictionEnd>;
