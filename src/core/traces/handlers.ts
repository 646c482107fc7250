import type { Handlers, MethodOutput } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { againIfChanged } from '../recordings/fingerprint';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import type { Pool } from '../workers/types';
import { fillCoarse } from './coarse-leads';
import { planTile } from './plan-tile';
import { tileTask } from './tile-task';

export function traceHandlers(
  library: Library,
  recordings: RecordingCache,
  pool: Pool,
): Pick<Handlers, 'traces.tile'> {
  return {
    async 'traces.tile'(input, { signal }) {
      const recording = library.find(input.recordingId);
      if (!recording.ok) return recording;
      const { path, name } = recording.value;
      if (!(input.endS > input.startS)) {
        return err('bad-input', `traces.tile: endS must be after startS (${input.startS}).`);
      }
      const read = async (opened: OpenRecording): Promise<Result<MethodOutput<'traces.tile'>>> => {
        const missing = input.leads.find((lead) => lead >= opened.leads.length);
        if (missing !== undefined)
          return errSaid('bad-input', 'files.noLeadNumbered', { name, lead: missing });
        const plan = planTile(opened, input);
        const leads = plan.leads.map(({ length, ...lead }) => ({
          ...lead,
          values: new Float32Array(length).fill(NaN),
        }));
        const wide = plan.coarse.map((target) => leads[target]!);
        const filled = await fillCoarse(opened, pool, input.filter, wide, signal);
        if (!filled.ok) return filled;
        for (const task of plan.tasks) {
          // One task at a time: a tile for the screen never waits behind a whole overview.
          if (signal.aborted) return errSaid('cancelled', 'failures.tileNotWanted');
          const values = await pool.run(
            tileTask,
            { path, filter: input.filter, pieces: task.map(({ piece }) => piece) },
            { lane: plan.lane, signal },
          );
          if (!values.ok) return values;
          task.forEach(({ target, offset }, i) =>
            leads[target]!.values.set(values.value[i]!, offset),
          );
        }
        return ok({ leads });
      };
      return againIfChanged(() => recordings.use(path, read));
    },
  };
}
