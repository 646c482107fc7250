import type { Handlers } from '../../shared/contract';
import { err, ok } from '../../shared/domain';
import type { Library } from '../recordings/library';
import type { ReaderCache } from '../recordings/reader-cache';
import type { Pool } from '../workers/types';
import { planTile } from './plan-tile';

export function traceHandlers(
  library: Library,
  readers: ReaderCache,
  pool: Pool,
): Pick<Handlers, 'traces.tile'> {
  return {
    async 'traces.tile'(input, { signal }) {
      const recording = library.find(input.recordingId);
      if (!recording.ok) return recording;
      const { headerPath, name } = recording.value;
      if (!(input.endS > input.startS)) {
        return err('bad-input', `traces.tile: endS must be after startS (${input.startS}).`);
      }
      const plan = await readers.use(headerPath, async (reader) => {
        const missing = input.leads.find((lead) => lead >= reader.signals.length);
        return missing === undefined
          ? ok(planTile(reader, input))
          : err('bad-input', `${name} has no lead number ${missing}.`);
      });
      if (!plan.ok) return plan;

      const leads = plan.value.leads.map(({ length, ...lead }) => ({
        ...lead,
        values: new Float32Array(length).fill(NaN),
      }));
      for (const task of plan.value.tasks) {
        // One task at a time: a tile for the screen never waits behind a whole overview.
        if (signal.aborted) return err('cancelled', 'The tile is no longer wanted.');
        const values = await pool.run(
          'traces.tile',
          { headerPath, filter: input.filter, pieces: task.map(({ piece }) => piece) },
          { lane: 'interactive' },
        );
        if (!values.ok) return values;
        task.forEach(({ target, offset }, i) =>
          leads[target]!.values.set(values.value[i]!, offset),
        );
      }
      return ok({ leads });
    },
  };
}
