import { z } from 'zod';

/** What reading a recording would teach a network, as far as its analysis tells. */
export const Teaching = z.object({
  /** 0 where it would teach nothing, towards 1 the more of it would: see `teachingOf` of the findings. */
  score: z.number().min(0).max(1),
  /** Borderline stretches that nobody has settled. */
  borderline: z.int().min(0),
  /** Beats of forms unlike those that the networks learned from; null where that was not measured. */
  unlike: z.object({ beats: z.int().min(0), of: z.int().min(0) }).nullable(),
  /** Segments that another model with the same question answers otherwise; null where none has read the recording. */
  differing: z.object({ segments: z.int().min(0), modelId: z.string() }).nullable(),
});
export type Teaching = z.infer<typeof Teaching>;
