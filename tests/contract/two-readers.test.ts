import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { pulses, writeRecord } from '../../src/core/recordings/testing/write-record';
import { HAS_PDFTOTEXT, textOf } from '../../src/core/report/testing/pdf-text';
import { createService, type Service } from '../../src/core/service';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contract';
import type { Finding, FindingVerdict, Result, ReviewEdit } from '../../src/shared/domain';
import golden from '../golden/kappa/golden.json';
import { valueOf } from '../../src/shared/domain/testing/value-of';

/** Two readers in two profiles, each with a store of their own: read, exported, merged, adjudicated, reported. */
interface Profile {
  readonly service: Service;
  readonly analysisId: string;
  ask<M extends MethodName>(
    method: M,
    input: Omit<MethodInput<M>, 'analysisId'>,
  ): Promise<Result<MethodOutput<M>>>;
  get<M extends MethodName>(
    method: M,
    input: Omit<MethodInput<M>, 'analysisId'>,
  ): Promise<MethodOutput<M>>;
}

const SECONDS = 130;
const context = { signal: new AbortController().signal };

let dir: string;
const services: Service[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-readers-'));
  await writeTestModel(join(dir, 'models'));
  // What the network below calls abnormal: a deep spike every half a minute.
  const II = (timeS: number): number =>
    pulses(timeS) - (timeS % 30 >= 5 && timeS % 30 < 5.05 ? 6 : 0);
  await writeRecord(dir, { name: 'a', rateHz: 360, seconds: SECONDS, leads: { II } });
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await rm(dir, { recursive: true, force: true });
});

async function profile(name: string): Promise<Profile> {
  const hasSpike = (row: Float32Array): boolean => row.some((mv) => mv < -6);
  const service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference: createFakeInference((row) => (hasSpike(row) ? 0.9 : 0.1)),
      dataDir: join(dir, name),
      modelsDir: join(dir, 'models'),
      host: 'browser',
      version: '0.0.0',
      emit: () => undefined,
    }),
  );
  services.push(service);
  const { recordingId } = valueOf(await service.admit([join(dir, 'a.hea')])).entries[0]!;
  const { handlers } = service;
  const start = { recordingId, modelId: null, lead: null };
  const { analysisId } = valueOf(await handlers['analysis.start'](start, context));
  while (valueOf(await handlers['analysis.status']({ analysisId }, context)).state !== 'done')
    await new Promise((resolve) => setTimeout(resolve, 5));
  const ask: Profile['ask'] = (method, input) =>
    (handlers[method] as (input: unknown, of: typeof context) => Promise<Result<never>>)(
      { analysisId, ...input },
      context,
    );
  return {
    service,
    analysisId,
    ask,
    get: async (method, input) => valueOf(await ask(method, input)),
  };
}

async function events(of: Profile, reader: string | null = null): Promise<Finding[]> {
  const { findings } = await of.get('analysis.findings', { reader });
  return findings.filter(({ kind }) => kind === 'flagged-unclear');
}

function decision(
  { id, kind, startS, endS }: Finding,
  verdict: FindingVerdict,
  adjudicates?: { second: string; take: 'first' | 'second' | 'own' },
): ReviewEdit {
  return {
    kind: 'decide-findings',
    findings: [{ id, kind, startS, endS }],
    decision: verdict,
    note: '',
    rejectedAs: null,
    ...(adjudicates ? { adjudicates } : {}),
  };
}

async function decideAll(of: Profile, reader: string, verdicts: FindingVerdict[]): Promise<void> {
  const found = await events(of);
  for (const [i, verdict] of verdicts.entries())
    await of.get('review.decide', { reader, edit: decision(found[i]!, verdict) });
}

async function exported({ service, get }: Profile): Promise<string> {
  const { documentId } = await get('review.export', { form: 'review-json' });
  return readFile(valueOf(await service.document(documentId)).path, 'utf8');
}

const step = (of: 'begin' | 'finish' | 'compare', second: string): ReviewEdit => ({
  kind: 'second-read',
  step: of,
  second,
});

it('exported, merged, adjudicated: kappa is scikit-learn’s, and the report names both', async ({
  skip,
}) => {
  const one = await profile('one');
  const two = await profile('two');
  expect((await events(one)).length).toBe(5);
  await decideAll(one, 'Dr A', ['confirm', 'confirm', 'reject', 'confirm', 'confirm']);
  await decideAll(two, 'Dr B', ['confirm', 'reject', 'reject', 'unsure']);

  const take = { name: 'b.json', json: await exported(two), reader: 'Dr A' };
  const merged = await one.get('review.import', take);
  expect(merged.secondReads).toMatchObject([{ reader: 'Dr B', importedFrom: 'b.json' }]);
  // What the first reader decided stands as it did.
  expect((await events(one)).map(({ state, reader }) => [state, reader])).toEqual([
    ['confirmed', 'Dr A'],
    ['confirmed', 'Dr A'],
    ['rejected', 'Dr A'],
    ['confirmed', 'Dr A'],
    ['confirmed', 'Dr A'],
  ]);
  expect(await one.ask('review.import', take)).toMatchObject({
    ok: false,
    error: {
      code: 'conflict',
      message: expect.stringMatching(/nothing that is not here/) as string,
    },
  });

  const reads = await one.get('review.compare', {});
  const expected = golden.cases.find(({ name }) => name === 'two readers of the contract')!.kappa;
  expect(reads.events).toMatchObject({ both: 4, agreed: 2, firstOnly: 1, secondOnly: 0 });
  expect(reads.events.kappa).toBeCloseTo(expected!, 12);
  expect(reads.differences.map(({ first, second }) => [first.state, second.state])).toEqual([
    ['confirmed', 'rejected'],
    ['confirmed', 'unsure'],
  ]);
  const [differs, unsure] = reads.differences.map(({ finding }) => finding) as [Finding, Finding];

  // The report waits for what differs.
  const { sequence, state } = await one.get('report.draft', {});
  expect(state).toMatchObject({ kind: 'preliminary', open: 0, differences: 2 });
  const sign = { sequence, reader: 'Dr A', paper: 'A4', identity: true } as const;
  expect(await one.ask('report.sign', sign)).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/differ on 2 events/) as string },
  });
  const settle = { second: 'Dr B', take: 'second' } as const;
  expect(
    await one.ask('review.decide', { reader: 'Dr C', edit: decision(differs, 'reject', settle) }),
  ).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/not compared/) as string },
  });

  await one.get('review.decide', { reader: 'Dr C', edit: step('compare', 'Dr B') });
  await one.get('review.decide', { reader: 'Dr C', edit: decision(differs, 'reject', settle) });
  const own = { second: 'Dr B', take: 'own' } as const;
  await one.get('review.decide', { reader: 'Dr C', edit: decision(unsure, 'reject', own) });
  // What the first reader does now is no part of the first read any more.
  await one.get('review.decide', {
    reader: 'Dr A',
    edit: decision((await events(one))[0]!, 'unsure'),
  });
  const after = await one.get('review.compare', {});
  expect(after).toMatchObject({
    first: ['Dr A'],
    events: { both: 4, agreed: 2, kappa: reads.events.kappa },
    differences: [
      { adjudicated: { state: 'rejected', reader: 'Dr C', take: 'second' } },
      { adjudicated: { state: 'rejected', reader: 'Dr C', take: 'own' } },
    ],
    adjudicators: ['Dr C'],
  });
  expect((await events(one)).map(({ state: now }) => now)).toEqual([
    'unsure',
    'rejected',
    'rejected',
    'rejected',
    'confirmed',
  ]);

  const draft = await one.get('report.draft', {});
  expect(draft.state.differences).toBeUndefined();
  const wish = { paper: 'A4', identity: true, reader: 'Dr C' } as const;
  await one.get('report.sign', { ...wish, sequence: draft.sequence });
  const { documentId } = await one.get('report.create', wish);
  const { path } = valueOf(await one.service.document(documentId));
  skip(!HAS_PDFTOTEXT, 'the report’s text needs pdftotext');
  const text = textOf(path);
  expect(text.replaceAll(/\s+/g, ' ')).toMatch(
    /Read by Dr A, second read by Dr B: of 4 events decided by both 2 differ, adjudicated by Dr C\./,
  );
  expect(text.replaceAll(/\s+/g, ' ')).toMatch(
    /events 2 of 4 the same \(50\.0 %\), Cohen’s kappa 0\.27/,
  );
});

it('a second read shows nothing of the first, and nothing of it shows before its end', async () => {
  const { ask, get, ...rest } = await profile('one');
  const one: Profile = { ask, get, ...rest };
  await decideAll(one, 'Dr A', ['confirm', 'reject', 'confirm']);
  const added: ReviewEdit = { kind: 'add-beat', timeS: 22, beatClass: 'V' };
  await get('review.decide', { reader: 'Dr A', edit: added });
  expect(await ask('review.decide', { reader: 'Dr A', edit: step('begin', 'Dr A') })).toMatchObject(
    {
      ok: false,
      error: { message: expect.stringMatching(/Dr A has decided/) as string },
    },
  );
  expect(await ask('review.decide', { reader: '', edit: step('begin', '') })).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/needs a name/) as string },
  });

  const begun = await get('review.decide', { reader: 'Dr B', edit: step('begin', 'Dr B') });
  expect(begun).toMatchObject({
    apart: true,
    decisions: [],
    readers: [],
    beatEdits: [],
    canUndo: false,
  });
  expect(begun.counts).toMatchObject({ decided: 0, agreed: 0, overruled: 0 });
  const reader = 'Dr B';
  const own = async (): Promise<unknown> => [
    await get('review.summary', { reader }),
    await get('analysis.findings', { reader }),
    await get('families.list', { reader }),
    (await get('review.history', { reader })).events,
  ];
  expect(JSON.stringify(await own())).not.toContain('Dr A');
  expect((await events(one, reader)).every(({ state }) => state === 'open')).toBe(true);
  // Everything that is of both is refused until the end.
  const wish = { paper: 'A4', identity: true, reader } as const;
  for (const refused of [
    await ask('report.create', wish),
    await ask('report.sign', { ...wish, sequence: 0 }),
    await ask('review.export', { form: 'segments-csv', reader }),
    await ask('annotations.write', { asker: reader }),
    await ask('review.compare', {}),
    await ask('review.decide', { reader, edit: { kind: 'edit-report', report: { strips: [] } } }),
    await ask('review.decide', { reader: 'Dr A', edit: step('compare', 'Dr B') }),
    await ask('review.decide', { reader: 'Dr A', edit: step('finish', 'Dr B') }),
  ])
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });

  const found = await events(one, reader);
  const state = await get('review.decide', { reader, edit: decision(found[0]!, 'reject') });
  expect(state.readers).toEqual(['Dr B']);
  await get('review.decide', { reader, edit: decision(found[1]!, 'unsure') });
  await get('review.undo', { reader, redo: false });
  // The first reader is told nothing of it either, and an undo of theirs is about their own.
  expect((await events(one))[0]).toMatchObject({ state: 'confirmed', reader: 'Dr A' });
  expect((await get('review.undo', { reader: 'Dr A', redo: false })).beatEdits).toEqual([]);
  expect((await events(one, reader))[0]).toMatchObject({ state: 'rejected', reader: 'Dr B' });

  const done = await get('review.decide', { reader, edit: step('finish', reader) });
  expect(done).toMatchObject({ apart: false, canUndo: false, readers: ['Dr A'] });
  // Its end cannot be taken back, and neither can what came before.
  expect(await ask('review.undo', { reader, redo: false })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  expect(await get('review.compare', {})).toMatchObject({
    first: ['Dr A'],
    second: { reader: 'Dr B' },
    events: { both: 1, agreed: 0, firstOnly: 2 },
    differences: [{ first: { state: 'confirmed' }, second: { state: 'rejected' } }],
  });
  // A third reader who reads second is not told of either.
  await get('review.decide', { reader: 'Dr C', edit: step('begin', 'Dr C') });
  expect(await ask('review.compare', { second: 'Dr B', asker: 'Dr C' })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  await get('review.compare', { second: 'Dr B', asker: 'Dr A' });
});

it('a review without a name, or of one who decided here too, is asked for another name', async () => {
  const one = await profile('one');
  const two = await profile('two');
  await decideAll(one, 'Dr A', ['confirm']);
  await decideAll(two, '', ['reject']);
  const take = { name: 'b.json', json: await exported(two), reader: 'Dr A' };
  expect(await one.ask('review.import', take)).toMatchObject({
    ok: false,
    error: { code: 'conflict', message: expect.stringMatching(/has no name/) as string },
  });
  expect(await one.ask('review.import', { ...take, as: 'Dr A' })).toMatchObject({
    ok: false,
    error: {
      code: 'conflict',
      message: expect.stringMatching(/Dr A has decided here too/) as string,
    },
  });
  const state = await one.get('review.import', { ...take, as: 'Dr B' });
  expect(state.secondReads).toMatchObject([{ reader: 'Dr B' }]);
});

it('an event that one read alone has is a difference, settled by what the first has there', async () => {
  const one = await profile('one');
  await decideAll(one, 'Dr A', ['confirm']);
  const reader = 'Dr B';
  await one.get('review.decide', { reader, edit: step('begin', reader) });
  for (const timeS of [61, 61.4, 61.8, 62.2]) {
    const edit: ReviewEdit = { kind: 'add-beat', timeS, beatClass: 'V' };
    await one.get('review.decide', { reader, edit });
  }
  const { findings } = await one.get('analysis.findings', { reader });
  const run = findings.find(({ kind }) => kind === 'ventricular-tachycardia')!;
  await one.get('review.decide', { reader, edit: decision(run, 'confirm') });
  await one.get('review.decide', { reader, edit: step('finish', reader) });
  await one.get('review.decide', { reader: 'Dr C', edit: step('compare', reader) });

  const reads = await one.get('review.compare', {});
  expect(reads.differences).toMatchObject([
    {
      finding: { kind: 'ventricular-tachycardia' },
      first: { state: 'rejected', reader: null },
      second: { state: 'confirmed', reader },
      adjudicated: null,
    },
  ]);
  expect(reads.events).toMatchObject({ both: 1, agreed: 0, firstOnly: 1, secondOnly: 0 });
  expect((await one.get('report.draft', {})).state.differences).toBe(1);
  const settle = (take: 'first' | 'second') =>
    one.ask('review.decide', {
      reader: 'Dr C',
      edit: decision(run, take === 'first' ? 'reject' : 'confirm', { second: reader, take }),
    });
  expect(await settle('second')).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await settle('first')).toMatchObject({ ok: true });
  expect((await one.get('report.draft', {})).state.differences).toBeUndefined();
});

it('of a refused first act of a second reader nothing is kept, their begin neither', async () => {
  const one = await profile('one');
  await decideAll(one, 'Dr A', ['confirm']);
  valueOf(await one.service.handlers['settings.set']({ secondReader: true }, context));
  const reader = 'Dr B';
  const edit: ReviewEdit = { kind: 'edit-report', report: { strips: [] } };
  expect(await one.ask('review.decide', { reader, edit })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  expect((await one.get('review.history', {})).events).toHaveLength(1);
  const [first] = await events(one, reader);
  await one.get('review.decide', { reader, edit: decision(first!, 'reject') });
  const { events: lines } = await one.get('review.history', {});
  expect(lines.map((line) => [line.reader, line.edit.kind])).toEqual([
    ['Dr A', 'decide-findings'],
    [reader, 'second-read'],
    [reader, 'decide-findings'],
  ]);
});

it('says of a stored trail which act changed which number of page 1, and of confirming none', async () => {
  const { ask, get } = await profile('one');
  const found = (await get('analysis.findings', {})).findings.filter(
    ({ kind }) => kind === 'flagged-unclear',
  );
  expect(found.length).toBeGreaterThan(2);
  const decide = (one: Finding, decision: FindingVerdict, reader: string) =>
    get('review.decide', {
      edit: {
        kind: 'decide-findings',
        findings: [{ id: one.id, kind: one.kind, startS: one.startS, endS: one.endS }],
        decision,
        note: '',
        rejectedAs: null,
      },
      reader,
    });
  await decide(found[0]!, 'confirm', 'Dr A');
  await decide(found[1]!, 'reject', 'Dr B');
  await decide(found[2]!, 'reject', 'Dr A');
  valueOf(await ask('review.undo', { redo: false, reader: 'Dr A' }));
  const { figures, leftOut } = await get('report.audit', { language: 'en' });
  const all = found.length;
  expect(leftOut).toBe(0);
  expect(figures).toHaveLength(1);
  expect(
    figures[0]!.steps.map(({ reader, before, now }) => [reader, Number(before), Number(now)]),
  ).toEqual([
    ['Dr B', all, all - 1],
    ['Dr A', all - 1, all - 2],
    ['Dr A', all - 2, all - 1],
  ]);
  const { events } = await get('review.history', { reader: '' });
  expect(figures[0]!.steps.map(({ sequence }) => sequence)).toEqual(
    events.slice(1).map(({ sequence }) => sequence),
  );
});
