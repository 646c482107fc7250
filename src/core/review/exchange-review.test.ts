import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext, ReviewForm } from '../../shared/contract';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };

let dir: string;
const services: Service[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-exchange-'));
  await writeTestModel(join(dir, 'models'));
  await writeRecord(dir, { name: 'a', rateHz: 360, seconds: 30, leads: { II: pulses } });
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await rm(dir, { recursive: true, force: true });
});

/** A service with a store of its own, and the finished analysis of the record. */
async function reader(name: string): Promise<{ service: Service; analysisId: string }> {
  const service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference: createFakeInference(() => 0.9),
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
  const started = valueOf(
    await handlers['analysis.start']({ recordingId, modelId: null, lead: null }, context),
  );
  for (;;) {
    const status = valueOf(await handlers['analysis.status'](started, context));
    if (status.state === 'done') return { service, analysisId: status.analysisId };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function exported(
  { service, analysisId }: { service: Service; analysisId: string },
  form: ReviewForm,
  identity = true,
): Promise<{ name: string; text: string }> {
  const made = valueOf(
    await service.handlers['review.export']({ analysisId, form, identity }, context),
  );
  const file = valueOf(await service.document(made.documentId));
  return { name: made.suggestedName, text: await readFile(file.path, 'utf8') };
}

it('writes a review that another reader can take over, with its whole trail', async () => {
  const one = await reader('one');
  const decide = one.service.handlers['review.decide'];
  const by = { analysisId: one.analysisId, reader: 'A. Reader' };
  valueOf(
    await decide(
      {
        ...by,
        edit: { kind: 'decide-segments', segments: [1], decision: 'overrule', note: 'sinus' },
      },
      context,
    ),
  );
  valueOf(
    await decide({ ...by, edit: { kind: 'add-beat', timeS: 4.25, beatClass: 'V' } }, context),
  );

  const review = await exported(one, 'review-json');
  expect(review.name).toBe('a-review.json');
  const segments = await exported(one, 'segments-csv');
  expect(segments.name).toBe('a-segments.csv');
  expect(segments.text).toMatch(/^1,5,15,Abnormal,.*,overrule,sinus,A\. Reader,/m);
  // Beats are those that the reader left, not those that the model found.
  const beats = await exported(one, 'beats-csv');
  expect(beats.name).toBe('a-beats.csv');
  expect(beats.text).toMatch(/^\d+,4\.2500,V,/m);

  const findings = await exported(one, 'findings-csv');
  expect(findings.name).toBe('a-findings.csv');
  expect(findings.text).toMatch(
    /^ventricular-beat@4250,ventricular-beat,4\.25,4\.25,0,1,.*,confirmed,/m,
  );
  const unnamed = await exported(one, 'segments-csv', false);
  expect(unnamed.name).toBe('ecg-segments.csv');
  expect(unnamed.text).toMatch(/^1,5,15,Abnormal,.*,overrule,,,/m);
  expect((await exported(one, 'beats-parquet')).text).toMatch(/^PAR1/);
  expect((await exported(one, 'segments-parquet')).name).toBe('a-segments.parquet');
  expect(JSON.parse(review.text)).toMatchObject({
    formatVersion: 2,
    durationS: 30,
    findings: [{ kind: 'ventricular-beat', state: 'confirmed' }, { kind: 'flagged-unclear' }],
  });

  const two = await reader('two');
  const take = (json: string) =>
    two.service.handlers['review.import'](
      { analysisId: two.analysisId, name: 'a-review.json', json, reader: 'B. Reader' },
      context,
    );
  expect(await take('{')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  const state = valueOf(await take(review.text));
  // The beat that the reader added is why the segment before it is abnormal.
  expect(state.decisions).toMatchObject([
    { segment: 0, decision: 'agree', settled: true },
    { segment: 1, decision: 'overrule', note: 'sinus' },
  ]);
  expect((await exported(two, 'beats-csv')).text).toBe(beats.text);
  // Every line says where it came from, through whom and when.
  const { events } = valueOf(
    await two.service.handlers['review.history']({ analysisId: two.analysisId }, context),
  );
  expect(events.map(({ reader, imported }) => [reader, imported])).toEqual([
    ['A. Reader', { from: 'a-review.json', by: 'B. Reader', atMs: expect.any(Number) as number }],
    ['A. Reader', { from: 'a-review.json', by: 'B. Reader', atMs: expect.any(Number) as number }],
  ]);
  expect(await take(review.text)).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

it('exports nothing of an analysis that is not known', async () => {
  const { service } = await reader('one');
  const call = { analysisId: 'none', form: 'beats-csv' } as const;
  expect(await service.handlers['review.export'](call, context)).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

it('marks of the calipers go out as a table and in the review, and come back with it', async () => {
  const first = await reader('marks');
  const mark = { id: 'm', kind: 'QT', startS: 1, endS: 1.4, lead: 0, rrMs: 800 } as const;
  const edit = {
    kind: 'set-caliper' as const,
    id: 'm',
    mark: { ...mark, startMv: 0.1, endMv: null, filter: 'model' as const },
  };
  const { analysisId } = first;
  valueOf(
    await first.service.handlers['review.decide']({ analysisId, edit, reader: 'ab' }, context),
  );
  const { name, text } = await exported(first, 'marks-csv');
  expect(name).toBe('a-marks.csv');
  const [head, line] = text.trim().split(/\r?\n/);
  expect(head).toMatch(/^kind,lead,start_s,end_s,duration_ms,/);
  expect(line).toMatch(/^QT,0,1\.0000,1\.4000,400\.0,,800\.0,447\.2,430\.9,0\.100,,,,model,ab,/);
  expect((await exported(first, 'marks-csv', false)).text).not.toContain('ab,');

  const second = await reader('other');
  const { text: json } = await exported(first, 'review-json');
  const state = valueOf(
    await second.service.handlers['review.import'](
      { analysisId: second.analysisId, name: 'a.json', json, reader: 'cd' },
      context,
    ),
  );
  expect(state.calipers).toMatchObject([{ id: 'm', kind: 'QT', reader: 'ab' }]);
});
