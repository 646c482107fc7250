import { z } from 'zod';

/**
 * The beats that count: without those of time that cannot be read, of leads that are off and of what a reader rejected.
 * One entry per beat in every column.
 */
export const CountedBeats = z.object({
  /** R peaks in time order, seconds from the start of the recording. */
  timeS: z.instanceof(Float64Array),
  /** Index into BEAT_CLASSES, after the reader's corrections and rejections. */
  beatClass: z.instanceof(Uint8Array),
  /** 1 where the interval from the beat before can be measured; 0 for the first after anything unknown. */
  follows: z.instanceof(Uint8Array),
});
export type CountedBeats = z.infer<typeof CountedBeats>;
