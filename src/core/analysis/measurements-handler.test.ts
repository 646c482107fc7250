import { expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import type { RecordingReading, Readings } from '../review/readings';
import type { Pool } from '../workers/types';
import type { Analyses } from './analyses';
import { measurementsHandler } from './measurements-handler';

it('ends when nobody waits for what is measured any more', async () => {
  const reading = {
    beats: { timeS: new Float64Array(), beatClass: new Uint8Array() },
    findings: { findings: [] },
    movedFiducials: () => [],
  } as unknown as RecordingReading;
  let told: AbortSignal | undefined;
  const handlers = measurementsHandler({
    withFiles: ((_id, _signal, work) =>
      work({} as never, { path: '/r' } as never)) as Analyses['withFiles'],
    readings: { whose: () => null, of: async () => ok(reading) } as unknown as Readings,
    analysis: () => null,
    pool: {
      run: async (_task, _input, options) => {
        told = options?.signal;
        return ok({}) as never;
      },
      close: () => Promise.resolve(),
    } as Pool,
  });
  const { signal } = new AbortController();
  await handlers['analysis.measurements']({ analysisId: 'a' }, { signal });
  expect(told).toBe(signal);
});
