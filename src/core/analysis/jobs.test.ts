import { expect, it, vi } from 'vitest';
import { ok } from '../../shared/domain';
import { saidBy, errSaid } from '../../shared/domain/said';
import { createJobs, type JobSpec } from './jobs';

const jobs = () =>
  createJobs({ emit: () => undefined, onChange: () => undefined, openedAtMs: () => 0 });

const spec = (run: JobSpec['run']): JobSpec => ({
  analysisId: 'a',
  recordingId: 'r',
  modelId: 'm',
  threshold: 0.5,
  provider: () => 'cpu',
  plan: { segmentsTotal: 1, lead: null, warnings: [] },
  origin: { durationS: 10, startClock: null, findsBeats: true, leads: [] },
  run,
  glance: null,
  keep: () => undefined,
  kept: () => undefined,
});

it('says why an analysis failed in words that every page can say in its language', async () => {
  const own = jobs();
  own.start(
    spec(async function* () {
      yield errSaid('not-found', 'failures.notOnWorklist');
    }),
  );
  const said = saidBy('failures.notOnWorklist');
  expect(await own.finished('a')).toMatchObject({ state: 'failed', said });
  expect(own.activityOf('r')).toMatchObject({ state: 'failed', said });
});

it('says so of a recording that could not even be queued, and of a fault of its own', async () => {
  const own = jobs();
  own.noteFailure('r', errSaid('not-found', 'failures.notOnWorklist').error);
  expect(own.activityOf('r')).toMatchObject({ said: saidBy('failures.notOnWorklist') });
  own.noteFailure('r', null);
  expect(own.activityOf('r')).toBeNull();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  own.start(
    spec(() => {
      throw new Error('a bug');
    }),
  );
  const said = saidBy('failures.ownFault', { why: 'a bug' });
  expect(await own.finished('a')).toMatchObject({ state: 'failed', said });
  vi.restoreAllMocks();
});

it('reads what is on the screen before it begins with the rest', async () => {
  const own = jobs();
  const order: string[] = [];
  let look = (): void => undefined;
  own.start({
    ...spec(async function* () {
      order.push('run');
      yield errSaid('not-found', 'failures.notOnWorklist');
    }),
    origin: { durationS: 3600, startClock: null, findsBeats: true, leads: [] },
    glance: () =>
      new Promise((resolve) => {
        look = () => {
          order.push('look');
          resolve(ok([]));
        };
      }),
  });
  own.look('a', { startS: 0, endS: 10 });
  await new Promise((done) => setTimeout(done, 20));
  look();
  await own.finished('a');
  expect(order).toEqual(['look', 'run']);
});
