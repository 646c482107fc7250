import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventName, EventPayload, RequestContext } from '../../shared/contract';
import { METHODS } from '../../shared/contract';
import { segmentsOfColumns, type AnalysisStatus, type ReviewEdit } from '../../shared/domain';
import { writeTestModel } from '../inference/testing/model-fixture';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { openDatabase } from '../review/store/database';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';
import { createFakeInference } from './testing/fake-inference';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };

let dir: string;
let path: string;
const services: Service[] = [];
let events: { event: EventName; payload: unknown }[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-analysis-'));
  events = [];
  await writeTestModel(join(dir, 'models'));
  // 93 s at 360 Hz: 17 segments of the plain grid, and one flush with the end. Flat from 40 to 60 s.
  path = await writeRecord(dir, {
    name: 'demo',
    rateHz: 360,
    seconds: 93,
    leads: {
      V5: () => 0.3,
      MLII: (t) => (t >= 40 && t < 60 ? 0 : t > 80 ? 3 * pulses(t) : pulses(t)),
    },
  });
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(inference: ReturnType<typeof createFakeInference>) {
  const service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference,
      dataDir: join(dir, 'data'),
      modelsDir: join(dir, 'models'),
      host: 'cli',
      version: '0.0.0',
      emit: <E extends EventName>(event: E, payload: EventPayload<E>) =>
        void events.push({ event, payload }),
    }),
  );
  services.push(service);
  const { entries } = valueOf(await service.admit([path]));
  return { service, recordingId: entries[0]!.recordingId };
}

async function start(service: Service, recordingId: string): Promise<AnalysisStatus> {
  return valueOf(
    await service.handlers['analysis.start'](
      { recordingId, modelId: 'test-model', lead: null },
      context,
    ),
  );
}

async function ended(service: Service, analysisId: string): Promise<AnalysisStatus> {
  for (;;) {
    const status = valueOf(await service.handlers['analysis.status']({ analysisId }, context));
    if (status.state !== 'queued' && status.state !== 'running') return status;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('an analysis', () => {
  it('judges every segment, the last flush with the end, and says why one is unreadable', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.2));
    const { analysisId, segmentsTotal, lead } = await start(service, recordingId);
    expect({ segmentsTotal, lead }).toEqual({ segmentsTotal: 18, lead: 'MLII' });
    expect(await ended(service, analysisId)).toMatchObject({ state: 'done', segmentsDone: 18 });
    const judged = valueOf(await service.handlers['analysis.segments']({ analysisId }, context));
    expect(() => METHODS['analysis.segments'].output.parse(judged)).not.toThrow();
    const segments = segmentsOfColumns(judged.segments);
    expect(segments.map(({ index }) => index)).toEqual([...Array(18).keys()]);
    expect(segments.at(-1)).toMatchObject({ startS: 83, endS: 93 });
    const unreadable = segments.filter(({ verdict }) => verdict === 'Unreadable');
    expect(unreadable.map(({ startS }) => startS)).toEqual([40, 45, 50]);
    expect(
      unreadable.every(({ reason, probability }) => reason === 'flat' && probability === null),
    ).toBe(true);
    expect(segments.filter(({ verdict }) => verdict === 'Normal')).toHaveLength(13);
    // Half of a segment without a heartbeat is a finding, whatever this model's network says.
    const still = segments.filter(({ verdict }) => verdict === 'Abnormal');
    expect(still.map(({ startS, reason, refer }) => [startS, reason, refer])).toEqual([
      [35, expect.stringMatching(/^all leads off for 5 s, no heartbeat for [45]\.\d s$/), true],
      [55, expect.stringMatching(/^all leads off for 5 s, no heartbeat for [45]\.\d s$/), true],
    ]);
  });

  it('tells of every segment exactly once and ends with a progress of 100 %', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.2, { delayMs: 20 }));
    const { analysisId } = await start(service, recordingId);
    await ended(service, analysisId);
    const told = events
      .filter(({ event }) => event === 'analysis.segment')
      .flatMap(({ payload }) => (payload as EventPayload<'analysis.segment'>).segments);
    expect(told.map(({ index }) => index)).toEqual([...Array(18).keys()]);
    const last = events.filter(({ event }) => event === 'analysis.progress').at(-1)!;
    expect(last.payload).toMatchObject({ state: 'done', segmentsDone: 18, remainingS: 0 });
    // The worklist has its line without the recording being opened.
    await expect
      .poll(async () => {
        const { entries } = valueOf(await service.handlers['recordings.list']({}, context));
        return entries[0];
      })
      .toMatchObject({ figures: { decided: 0, reader: null }, about: { ecgLeads: 2 } });
  });

  it('is found in the store by the next start, without inference', async () => {
    const first = await open(createFakeInference(() => 0.9));
    const { analysisId } = await start(first.service, first.recordingId);
    await ended(first.service, analysisId);
    await services.pop()!.close();

    const inference = createFakeInference(() => 0.1);
    const second = await open(inference);
    const again = await start(second.service, second.recordingId);
    expect(again).toMatchObject({ analysisId, state: 'done' });
    expect(inference.batches).toEqual([]);
    const { entries } = valueOf(await second.service.handlers['recordings.list']({}, context));
    expect(entries[0]).toMatchObject({ state: 'analysed', flagged: 15, decided: 0 });
    const overlay = valueOf(
      await second.service.handlers['analysis.explain']({ analysisId, segment: 0 }, context),
    );
    expect(overlay.segmentIndex).toBe(0);
  });

  it('stops within 200 ms when cancelled, and can be started again', async () => {
    const inference = createFakeInference(() => 0.2, { delayMs: 5000 });
    const { service, recordingId } = await open(inference);
    const { analysisId } = await start(service, recordingId);
    await expect.poll(() => inference.batches.length).toBeGreaterThan(0);
    const beganMs = performance.now();
    valueOf(await service.handlers['analysis.cancel']({ analysisId }, context));
    expect(await ended(service, analysisId)).toMatchObject({ state: 'cancelled' });
    await service.close();
    services.pop();
    expect(performance.now() - beganMs).toBeLessThan(200);
    const again = await open(createFakeInference(() => 0.2));
    await start(again.service, again.recordingId);
    expect(await ended(again.service, analysisId)).toMatchObject({ state: 'done' });
  });

  it('goes on for a reader when a scan that waits for it as well is cancelled', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.2, { delayMs: 100 }));
    const scan = new AbortController();
    const asked = { modelId: 'test-model', lead: null, signal: scan.signal };
    const scanned = service.complete(recordingId, asked);
    const { analysisId } = await start(service, recordingId);
    scan.abort();
    expect(await scanned).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await ended(service, analysisId)).toMatchObject({ state: 'done' });
  });

  it('explains a segment: evidence adds up to the margin, attention to 1 per head', async () => {
    const inference = createFakeInference(() => 0.7);
    const { service, recordingId } = await open(inference);
    const { analysisId } = await start(service, recordingId);
    await ended(service, analysisId);
    const overlay = valueOf(
      await service.handlers['analysis.explain']({ analysisId, segment: 17 }, context),
    );
    expect(() => METHODS['analysis.explain'].output.parse(overlay)).not.toThrow();
    expect(overlay).toMatchObject({ segmentIndex: 17, startS: 83, tokens: 900, heads: 8 });
    expect(overlay.stepS).toBeCloseTo(10 / 900, 12);
    const sum = overlay.evidence.reduce((total, share) => total + share, 0);
    expect(overlay.biasLogit + sum).toBeCloseTo(overlay.marginLogit, 3);
    expect(overlay.marginLogit).toBeCloseTo(Math.log(0.7 / 0.3), 4);
    for (let head = 0; head < 8; head++) {
      const row = overlay.attention.subarray(head * 900, (head + 1) * 900);
      expect(row.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 4);
    }
    const again = service.handlers['analysis.explain']({ analysisId, segment: 17 }, context);
    const batches = inference.batches.length;
    expect(valueOf(await again)).toBe(overlay);
    expect(inference.batches).toHaveLength(batches);
    // This model does not look at its input: masking changes nothing, and the badge must say so.
    expect(overlay.faithfulness).toMatchObject({ faithful: false });
    expect(overlay.evidenceFaithfulness).toMatchObject({ faithful: false });
  });

  it('reads a segment once more with one thing changed, and says what cannot be', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.7));
    const { analysisId } = await start(service, recordingId);
    await ended(service, analysisId);
    const ask = async (segment: number) =>
      valueOf(await service.handlers['analysis.whatIf']({ analysisId, segment }, context));
    const tried = await ask(2);
    expect(() => METHODS['analysis.whatIf'].output.parse(tried)).not.toThrow();
    expect(tried).toMatchObject({ segment: 2, replacesLead: true });
    expect(
      tried.answers.map(({ change, lead, shiftS, answer }) => [
        change,
        lead,
        shiftS,
        answer?.verdict,
      ]),
    ).toEqual([
      ['as-read', null, 0, 'Abnormal'],
      ['lead', 'V5', 0, 'Unreadable'],
      ['window', null, 2.5, 'Abnormal'],
      ['band', null, 0, 'Abnormal'],
    ]);
    expect(tried.answers[3]!.band).toEqual({ lowHz: 0.67, highHz: 40 });
    // The last ends with the recording: it can only be moved back, onto the grid of the others.
    expect((await ask(17)).answers[2]).toMatchObject({
      shiftS: -3,
      answer: { verdict: 'Abnormal' },
    });
  });

  it('does not explain the verdicts of one model by another of the same name', async () => {
    const first = await open(createFakeInference(() => 0.7));
    const { analysisId } = await start(first.service, first.recordingId);
    await ended(first.service, analysisId);
    await services.pop()!.close();
    await writeTestModel(join(dir, 'models'), {
      card: { version: '2.0.0' },
      inside: { version: '2.0.0' },
    });
    const second = await open(createFakeInference(() => 0.7));
    const overlay = await second.service.handlers['analysis.explain'](
      { analysisId, segment: 0 },
      context,
    );
    expect(overlay).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('does not explain what the model did not look at', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.7));
    const { analysisId } = await start(service, recordingId);
    await ended(service, analysisId);
    const overlay = await service.handlers['analysis.explain']({ analysisId, segment: 8 }, context);
    expect(overlay).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });

  it('reads the lead that was asked for, under an id of its own', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.7));
    const { analysisId } = await start(service, recordingId);
    const other = valueOf(
      await service.handlers['analysis.start'](
        { recordingId, modelId: 'test-model', lead: 0 },
        context,
      ),
    );
    expect(other.lead).toBe('V5');
    expect(other.analysisId).not.toBe(analysisId);
    await ended(service, other.analysisId);
    const { segments } = valueOf(
      await service.handlers['analysis.segments']({ analysisId: other.analysisId }, context),
    );
    expect(segmentsOfColumns(segments).every(({ verdict }) => verdict === 'Unreadable')).toBe(true);
    // Networks are held against each other on what was read, not on another lead.
    const asked = { analysisId: other.analysisId, modelId: 'test-model' };
    const compared = valueOf(await service.handlers['models.compare'](asked, context));
    expect(compared).toMatchObject({ flagsNew: 0, flagsGone: 0, changed: [] });
  });

  it('says that another reading of the recording was reviewed, and nothing of it before that', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.7));
    const of = async (lead: number | null) => {
      const begun = valueOf(
        await service.handlers['analysis.start'](
          { recordingId, modelId: 'test-model', lead },
          context,
        ),
      );
      return ended(service, begun.analysisId);
    };
    const { analysisId } = await of(null);
    expect((await of(0)).warnings).toEqual([]);
    await of(null);
    const edit: ReviewEdit = {
      kind: 'decide-segments',
      segments: [0],
      decision: 'agree',
      note: '',
    };
    valueOf(await service.handlers['review.decide']({ analysisId, reader: 'A', edit }, context));
    const other = await of(0);
    expect(other.warnings).toMatchObject([{ code: 'earlier-review' }]);
    expect((await of(null)).warnings).toEqual([]);
    // The worklist says so of the reading that came last, whose own review is empty.
    const [entry] = valueOf(await service.handlers['recordings.list']({}, context)).entries;
    expect(entry).toMatchObject({ decided: 0, isReviewedEarlier: true });
    // And the earlier one can be looked at as it was left.
    const earlier = async (id: string) =>
      valueOf(await service.handlers['analysis.earlier']({ analysisId: id }, context)).readings;
    expect(await earlier(other.analysisId)).toMatchObject([{ acts: 1, status: { analysisId } }]);
    expect(await earlier(analysisId)).toEqual([]);
    const summary = await service.handlers['review.summary']({ analysisId, reader: 'A' }, context);
    expect(valueOf(summary).decisions).toMatchObject([{ segment: 0, decision: 'agree' }]);
  });

  it('says what its model misses of a recording, whoever chose the lead before', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.2));
    await rm(path);
    path = await writeRecord(dir, {
      name: 'demo',
      rateHz: 360,
      seconds: 30,
      leads: { V5: pulses },
    });
    const of = async (lead: number | null) => {
      const begun = valueOf(
        await service.handlers['analysis.start'](
          { recordingId, modelId: 'test-model', lead },
          context,
        ),
      );
      return ended(service, begun.analysisId);
    };
    const chosen = await of(0);
    expect(chosen.warnings).toEqual([]);
    const { analysisId, warnings } = await of(null);
    expect(analysisId).toBe(chosen.analysisId);
    expect(warnings).toMatchObject([{ code: 'other-leads' }]);
    const wish = { analysisId, paper: 'A4', identity: true, reader: '' } as const;
    const report = valueOf(await service.handlers['report.create'](wish, context));
    const { path: pdf } = valueOf(await service.document(report.documentId));
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text.replaceAll(/\s+/g, ' ')).toContain('no lead here is named so');
  });

  it('is whole where the store does not take it, and whatever is asked of it says why', async () => {
    const { service, recordingId } = await open(createFakeInference(() => 0.2));
    const store = openDatabase(join(dir, 'data', 'fiducial.db'));
    if (!store.ok) throw new Error(store.error.message);
    store.value.run(
      `CREATE TRIGGER refuse BEFORE INSERT ON analyses BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
    const { analysisId } = await start(service, recordingId);
    expect(await ended(service, analysisId)).toMatchObject({
      state: 'done',
      message: expect.stringContaining('could not be stored') as string,
    });
    const found = valueOf(await service.handlers['analysis.findings']({ analysisId }, context));
    expect(found.soFar).toBe(false);
    const wish = { analysisId, paper: 'A4', identity: true, reader: '' } as const;
    for (const refused of [
      await service.handlers['report.create'](wish, context),
      await service.handlers['review.export']({ analysisId, form: 'beats-csv' }, context),
      await service.handlers['annotations.write']({ analysisId }, context),
    ]) {
      expect(refused).toMatchObject({
        ok: false,
        error: {
          code: 'not-writable',
          message: expect.stringContaining('could not be stored') as string,
        },
      });
    }
    store.value.run('DROP TRIGGER refuse');
    store.value.close();
  });
});
