import { z } from 'zod';
import type { Change } from '../transport/changes';

/** An answer of which its asker may have one before: what makes it of that, or of nothing. */
export const Changed = z.object({
  version: z.string(),
  /** The one that it is changed from: what the asker knows, or null where that is not at hand any more. */
  since: z.string().nullable(),
  change: z.custom<Change>((value) => typeof value === 'object' && value !== null),
});
export type Changed = z.infer<typeof Changed>;
