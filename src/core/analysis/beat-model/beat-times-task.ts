import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { findBeatsOf } from '../../beats/hear-stretch';
import { leadSignals } from '../../recordings/lead-signal';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import type { BeatTaskInput } from './beat-task';
import { spanOf } from './beat-stretch';

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
      const { rateHz } = leads.value[0]!;
      const [first, end] = spanOf(leads.value[0]!, stretch);
      const found = await findBeatsOf(
        { rateHz, leads: leads.value.length, length: end - first },
        async (from, to) => {
          const samples: Float64Array[] = [];
          for (const lead of leads.value) {
            const read = await lead.read(first + from, first + to);
            if (!read.ok) return read;
            samples.push(read.value);
          }
          return ok(samples);
        },
        (done) => {
          context.progress(done);
          return context.cancelled();
        },
      );
      if (!found.ok) return found;
      return found.value ? ok(found.value) : errSaid('cancelled', 'failures.beatsCancelled');
    }),
);
