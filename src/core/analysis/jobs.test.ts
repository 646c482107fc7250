import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { ok, type AnalysisStatus, type Segment } from '../../shared/domain';
import { saidBy, errSaid } from '../../shared/domain/said';
import { createJobs, type JobSpec } from './jobs';

const jobs = () =>
  createJobs({ emit: () => undefined, onChange: () => undefined, openings: () => new Map() });

const SEGMENT: Segment = {
  ...{ index: 0, startS: 0, endS: 10, verdict: 'Normal', probability: 0.1, reason: null },
  refer: false,
};

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

it('tells the verdicts of what is on the screen before it begins with the rest', async () => {
  const order: string[] = [];
  const own = createJobs({
    ...{ onChange: () => undefined, openings: () => new Map() },
    emit: (event) => void (event === 'analysis.segment' && order.push('verdicts')),
  });
  let look = (): void => undefined;
  own.start({
    ...spec(async function* () {
      order.push('first stretch');
      yield errSaid('not-found', 'failures.notOnWorklist');
    }),
    origin: { durationS: 3600, startClock: null, findsBeats: true, leads: [] },
    glance: () =>
      new Promise((resolve) => {
        look = () => {
          order.push('look');
          resolve(ok([{ kind: 'segments', segments: [SEGMENT] }]));
        };
      }),
  });
  own.look('a', { startS: 0, endS: 10 });
  await new Promise((done) => setTimeout(done, 20));
  look();
  await own.finished('a');
  expect(order).toEqual(['look', 'verdicts', 'first stretch']);
});

it('begins with what was opened last, and asks once for each that begins however many wait', async () => {
  const begun: string[] = [];
  const openings = vi.fn(() => new Map([['r3', 2000]]));
  const own = createJobs({
    ...{ emit: () => undefined, onChange: () => undefined, openings, concurrency: 1 },
  });
  const names = ['0', '1', '2', '3', '4'];
  for (const name of names) {
    const run: JobSpec['run'] = async function* () {
      begun.push(name);
      yield errSaid('not-found', 'failures.notOnWorklist');
    };
    own.start({ ...spec(run), analysisId: name, recordingId: `r${name}` });
  }
  for (const name of names) await own.finished(name);
  expect(begun).toEqual(['3', '0', '1', '2', '4']);
  expect(openings).toHaveBeenCalledTimes(names.length);
});

it('says of a recording how its last analysis goes, and of none that is stored', async () => {
  const own = jobs();
  const failing: JobSpec['run'] = async function* () {
    yield errSaid('not-found', 'failures.notOnWorklist');
  };
  own.start({ ...spec(failing), analysisId: 'first' });
  await own.finished('first');
  own.start({ ...spec(async function* () {}), analysisId: 'second' });
  expect(own.activityOf('r')).toMatchObject({ state: 'analysing' });
  await own.finished('second');
  expect(own.activityOf('r')).toMatchObject({ state: 'failed' });
  expect(own.activityOf('other')).toBeNull();
});

describe('an analysis that several want', () => {
  const state = async (of: Promise<AnalysisStatus | null>) => (await of)?.state;

  /** A job that ends when it is told to, and what became of it. */
  function slowly() {
    const own = jobs();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    own.start(
      spec(async function* (signal) {
        await Promise.race([ended, once(signal, 'abort')]);
        yield ok({ kind: 'segments' as const, segments: [SEGMENT] });
      }),
    );
    return { own, end };
  }

  it('goes on for the others when one of them does not want it any more', async () => {
    const { own, end } = slowly();
    const [one, other] = [new AbortController(), new AbortController()];
    const left = own.finished('a', { signal: one.signal });
    const stays = own.finished('a', { signal: other.signal });
    one.abort();
    expect(await state(left)).not.toBe('cancelled');
    end();
    expect(await state(stays)).toBe('done');
  });

  it('goes on for a reader who has opened it, and is cancelled with the last who waited where none has', async () => {
    const opened = slowly();
    const scan = new AbortController();
    const left = opened.own.finished('a', { signal: scan.signal });
    opened.own.open('a');
    scan.abort();
    expect(await state(left)).not.toBe('cancelled');
    opened.end();
    expect(await state(opened.own.finished('a'))).toBe('done');

    const unopened = slowly();
    const last = new AbortController();
    const waited = unopened.own.finished('a', { signal: last.signal });
    last.abort();
    expect(await state(waited)).toBe('cancelled');
  });
});
