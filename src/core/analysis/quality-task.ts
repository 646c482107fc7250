import { ok, type Result } from '../../shared/domain';
import { connectedSeconds, signalQuality } from '../beats/quality';
import { leadSignal } from '../recordings/lead-signal';
import { workerRecordings } from '../recordings/worker-recordings';
import { defineTask } from '../workers/task';

/** Read on each side of a stretch: a second is judged among its neighbours. */
const CONTEXT_S = 20;

export interface QualityTaskInput {
  readonly path: string;
  readonly lead: number;
  /** Whole seconds [fromS, toS) of the recording. */
  readonly fromS: number;
  readonly toS: number;
}

/** Worker task: quality of a lead over a stretch, one value a second. */
export const qualityTask = defineTask(
  'quality',
  ({ path, lead, fromS, toS }: QualityTaskInput): Promise<Result<Uint8Array>> =>
    workerRecordings().use(path, async (recording) => {
      const signal = leadSignal(recording, lead);
      if (!signal.ok) return signal;
      const { rateHz, length, read } = signal.value;
      const readFromS = Math.max(0, fromS - CONTEXT_S);
      const start = Math.floor(readFromS * rateHz);
      const samples = await read(start, Math.min(length, Math.ceil((toS + CONTEXT_S) * rateHz)));
      if (!samples.ok) return samples;
      const level = signalQuality(samples.value, rateHz, length / rateHz);
      const quality = connectedSeconds(level, samples.value, rateHz);
      return ok(quality.slice(fromS - readFromS, toS - readFromS));
    }),
);
