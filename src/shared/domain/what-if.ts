import { z } from 'zod';
import { Segment } from './analysis';

/** What is changed before a segment is read once more; `as-read` is nothing. */
const WHAT_IF_CHANGES = ['as-read', 'lead', 'window', 'band'] as const;

/** A segment as it is read once more with one thing changed. */
export const WhatIfAnswer = z.object({
  change: z.enum(WHAT_IF_CHANGES),
  /** The lead that is left out or, by a model of one lead, read instead; null for other changes, and where there is no other. */
  lead: z.string().nullable(),
  /** Seconds by which the window is moved; 0 for other changes. */
  shiftS: z.number(),
  /** What the model reads, Hz. */
  band: z.object({ lowHz: z.number(), highHz: z.number() }),
  /** Null where the change cannot be made. */
  answer: Segment.pick({ verdict: true, probability: true, reason: true }).nullable(),
});
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;

/** The same segment as it is read and under each change; `replacesLead` for a model that reads one lead at a time. */
export const WhatIf = z.object({
  segment: z.int().min(0),
  replacesLead: z.boolean(),
  answers: z.array(WhatIfAnswer),
});
export type WhatIf = z.infer<typeof WhatIf>;
