import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../../shared/contract';
import type { Result, ReviewEdit } from '../../shared/domain';
import { valueOf } from '../../shared/domain/testing/value-of';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';

const context: RequestContext = { signal: new AbortController().signal };
const SPAN = { startS: 1, endS: 2 };
/** One of every kind that a reader sends. */
const EDITS: Record<Exclude<ReviewEdit['kind'], 'sign-report'>, ReviewEdit> = {
  'decide-segments': { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'seen' },
  'decide-findings': {
    kind: 'decide-findings',
    findings: [{ id: 'pause-1', kind: 'pause', ...SPAN }],
    ...{ decision: 'confirm', note: '', rejectedAs: null },
  },
  'relabel-beats': { kind: 'relabel-beats', timesS: [1], beatClass: 'V', family: 'A' },
  'delete-beats': { kind: 'delete-beats', timesS: [1], family: 'A' },
  'see-beats': { kind: 'see-beats', timesS: [1], family: 'A' },
  'form-beats': { kind: 'form-beats', timesS: [1], form: 'B', beatClass: null, family: 'A' },
  'reclass-beat': { kind: 'reclass-beat', timeS: 1, beatClass: 'V' },
  'add-beat': { kind: 'add-beat', timeS: 1.5, beatClass: 'N' },
  'delete-beat': { kind: 'delete-beat', timeS: 1 },
  'move-beat': { kind: 'move-beat', timeS: 1, toTimeS: 1.1 },
  'move-fiducial': { kind: 'move-fiducial', ...SPAN, fiducial: 'qrsOnset', atMs: -40 },
  'set-caliper': { kind: 'set-caliper', id: 'c1', mark: null },
  'edit-report': { kind: 'edit-report', report: { strips: [] } },
  'second-read': { kind: 'second-read', step: 'begin', second: 'B' },
};

let dir: string;
let path: string;
const services: Service[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-present-'));
  await writeTestModel(join(dir, 'models'));
  // Twelve seconds without a beat are an event.
  const pausing = (t: number): number => (t > 10 && t < 22 ? 0.01 * Math.sin(40 * t) : pulses(t));
  const leads = { V5: pausing, MLII: pausing };
  path = await writeRecord(dir, { name: 'demo', rateHz: 360, seconds: 30, leads });
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await rm(dir, { recursive: true, force: true });
});

async function startService(): Promise<Service> {
  const service = valueOf(
    await createService({
      ...{ pool: createInlinePool(), inference: createFakeInference(() => 0.2) },
      ...{ dataDir: join(dir, 'data'), modelsDir: join(dir, 'models') },
      ...{ host: 'cli', version: '0.0.0', emit: () => undefined },
    }),
  );
  services.push(service);
  return service;
}

async function recordingIn(service: Service): Promise<string> {
  return valueOf(await service.admit([path])).entries[0]!.recordingId;
}

/** As the page does. */
async function openWith(service: Service, lead: number): Promise<string> {
  const asked = { recordingId: await recordingIn(service), modelId: 'test-model', lead };
  const { analysisId } = valueOf(await service.handlers['analysis.start'](asked, context));
  await service.complete(asked.recordingId, { ...asked, signal: context.signal });
  return analysisId;
}

const EARLIER = {
  ok: false,
  error: { code: 'conflict', said: { key: 'failures.earlierReading' } },
};

async function decide(service: Service, analysisId: string, edit: ReviewEdit) {
  return service.handlers['review.decide']({ analysisId, reader: 'A', edit }, context);
}

it('takes no line on an earlier reading, of whatever kind and through whatever door', async () => {
  const service = await startService();
  const earlier = await openWith(service, 0);
  valueOf(await decide(service, earlier, EDITS['decide-segments']));
  valueOf(await decide(service, earlier, EDITS['add-beat']));
  valueOf(
    await service.handlers['review.undo'](
      { analysisId: earlier, redo: false, reader: 'A' },
      context,
    ),
  );
  const { findings } = valueOf(
    await service.handlers['analysis.findings']({ analysisId: earlier }, context),
  );
  const onFound = { ...EDITS['decide-findings'], findings } as ReviewEdit;
  valueOf(await decide(service, earlier, onFound));
  const exported = await service.exportReview(earlier);
  const draft = valueOf(await service.handlers['report.draft']({ analysisId: earlier }, context));
  const present = await openWith(service, 1);

  for (const edit of Object.values({ ...EDITS, 'decide-findings': onFound }))
    expect(await decide(service, earlier, edit), edit.kind).toMatchObject(EARLIER);
  for (const redo of [false, true]) {
    const step = { analysisId: earlier, redo, reader: 'A' };
    expect(await service.handlers['review.undo'](step, context)).toMatchObject(EARLIER);
  }
  const { sequence } = draft;
  const wish = { analysisId: earlier, sequence, reader: 'A', paper: 'A4', identity: true } as const;
  expect(await service.handlers['report.sign'](wish, context)).toMatchObject(EARLIER);
  const file = { ...valueOf(exported), events: valueOf(exported).events };
  const json = JSON.stringify(file);
  const importing = { analysisId: earlier, name: 'r.json', json, reader: 'A', as: 'C' };
  expect(await service.handlers['review.import'](importing, context)).toMatchObject(EARLIER);
  const adopting: Result<void> = await service.adoptReview(earlier, file, {
    from: 'r.json',
    by: 'A',
    as: 'C',
  });
  expect(adopting).toMatchObject(EARLIER);
  expect(valueOf(await service.exportReview(earlier)).events).toHaveLength(4);
  valueOf(await decide(service, present, EDITS['decide-segments']));
});

it('takes them again of a reading that is opened again', async () => {
  const service = await startService();
  const first = await openWith(service, 0);
  await openWith(service, 1);
  expect(await decide(service, first, EDITS['decide-segments'])).toMatchObject(EARLIER);
  expect(await openWith(service, 0)).toBe(first);
  valueOf(await decide(service, first, EDITS['decide-segments']));
});

it('holds after a start for what was stored before the last, until it is opened', async () => {
  const before = await startService();
  const first = await openWith(before, 0);
  const last = await openWith(before, 1);
  await before.close();
  services.length = 0;
  const service = await startService();
  expect(await decide(service, first, EDITS['decide-segments'])).toMatchObject(EARLIER);
  valueOf(await decide(service, last, EDITS['decide-segments']));
  await openWith(service, 0);
  valueOf(await decide(service, first, EDITS['decide-segments']));
});

it('lets a command act on the reading that it asked for', async () => {
  const service = await startService();
  const first = await openWith(service, 0);
  await openWith(service, 1);
  const recordingId = await recordingIn(service);
  const asked = { modelId: 'test-model', lead: 0, signal: context.signal };
  expect(valueOf(await service.complete(recordingId, asked)).analysisId).toBe(first);
  valueOf(await decide(service, first, EDITS['decide-segments']));
});
