import { z } from 'zod';
import { AnalysisStatus, Failure, Segment } from '../domain';
import { ScanRow } from './shapes';

/** Everything the service says without being asked. */
export const EVENTS = {
  'analysis.progress': AnalysisStatus,
  /** Segments in the order they were finished; several per event when they come fast. */
  'analysis.segment': z.object({ analysisId: z.string(), segments: z.array(Segment) }),
  'scan.progress': z.object({
    scanId: z.string(),
    done: z.int(),
    total: z.int(),
    failed: z.int(),
    current: z.string().nullable(),
    recordsPerS: z.number(),
    remainingS: z.number().nullable(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    error: Failure.nullable(),
  }),
  'scan.row': z.object({ scanId: z.string(), index: z.int(), row: ScanRow }),
  /** How much of comparing the beats of an analysis is done, 0 to 1. */
  'families.progress': z.object({ analysisId: z.string(), done: z.number().min(0).max(1) }),
  /** The worklist changed: opened, dropped, analysed. The receiver asks for it again. */
  'recordings.changed': z.object({}),
  /** Files of a recording that was open are not what they were: what is shown of them has to be asked for anew. */
  'recording.filesChanged': z.object({ recordingId: z.string() }),
  /** Something was added to a review, up to this place in its trail: whoever shows it from before asks anew. */
  'review.changed': z.object({ analysisId: z.string(), sequence: z.int() }),
  /** The engine ended unasked and is being started again (`up` false, with the cause), or is back. Told by the host. */
  'engine.state': z.object({ up: z.boolean(), reason: z.string().nullable() }),
} as const;

export type Events = typeof EVENTS;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.infer<Events[E]>;
/** Says something to everybody who listens. */
export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void;
