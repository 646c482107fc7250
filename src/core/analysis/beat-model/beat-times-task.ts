import { err, ok, type Result } from '../../../shared/domain';
import { findBeats } from '../../beats/hear-stretch';
import { leadSignals } from '../../recordings/lead-signal';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import type { BeatTaskInput } from './beat-task';
import { samplesOf } from './beat-stretch';

/** Share of the work that is done once the samples are read. */
const READ_DONE = 0.1;

/**
 * Worker task: R peaks of one stretch of a recording with its surroundings, s from the first sample that is read. It is the
 * part of `beatTask` that needs nothing but the samples, so that it can be done ahead, in another thread.
 */
export const beatTimesTask = defineTask(
  'beat-times',
  (
    { path, leads: indices, stretch }: Pick<BeatTaskInput, 'path' | 'leads' | 'stretch'>,
    context,
  ): Promise<Result<Float64Array>> =>
    workerRecordings().use(path, async (recording) => {
      const leads = leadSignals(recording, indices);
      if (!leads.ok) return leads;
      const raw: Float64Array[] = [];
      for (const lead of leads.value) {
        const samples = await samplesOf(lead, stretch);
        if (!samples.ok) return samples;
        raw.push(samples.value);
        context.progress((READ_DONE * raw.length) / leads.value.length);
      }
      const found = await findBeats(raw, leads.value[0]!.rateHz, (done) => {
        context.progress(READ_DONE + (1 - READ_DONE) * done);
        return context.cancelled();
      });
      return found ? ok(found) : err('cancelled', 'Looking for beats was cancelled.');
    }),
);
