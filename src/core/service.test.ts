import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestContext } from '../shared/contract';
import { METHODS } from '../shared/contract';
import { createService, type Service } from './service';
import { createInlinePool } from './workers/inline-pool';
import { projectDir } from './processes/entries';
import { createFakeInference } from './analysis/testing/fake-inference';
import { valueOf } from '../shared/domain/testing/value-of';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const context: RequestContext = { signal: new AbortController().signal };

describe('the service on a record of its own', () => {
  let dir: string;
  let service: Service;
  const events: string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-service-'));
    // Two leads, 250 Hz, 60 s, format 16: a 1 Hz sine of 1 mV and a ramp; one missing sample (-32768).
    const frames = 250 * 60;
    const samples = new Int16Array(2 * frames);
    for (let i = 0; i < frames; i++) {
      samples[2 * i] = Math.round(200 * Math.sin((2 * Math.PI * i) / 250));
      samples[2 * i + 1] = i % 1000;
    }
    samples[2 * 5000] = -32768;
    await writeFile(join(dir, 'demo.dat'), Buffer.from(samples.buffer));
    await writeFile(
      join(dir, 'demo.hea'),
      `demo 2 250 ${frames} 12:30:00\ndemo.dat 16 200 16 0 0 0 0 MLII\ndemo.dat 16 100 16 0 0 0 0 V1\n# 69 M 1085\n# Synthetic record\n`,
    );
    service = valueOf(
      await createService({
        pool: createInlinePool(),
        inference: createFakeInference(() => 0.9),
        dataDir: join(dir, 'data'),
        modelsDir: join(dir, 'models'),
        host: 'cli',
        version: '0.0.0',
        emit: (event) => void events.push(event),
      }),
    );
  });
  afterAll(async () => {
    await service.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function admitDemo(): Promise<string> {
    const { entries } = valueOf(await service.admit([join(dir, 'demo')]));
    return entries[0]!.recordingId;
  }

  it('hands out ids, never paths', async () => {
    const admitted = valueOf(await service.admit([dir]));
    expect(admitted.entries).toHaveLength(1);
    expect(admitted.sourceIds).toHaveLength(1);
    expect(JSON.stringify(admitted)).not.toContain(dir);
    expect(admitted.entries[0]).toMatchObject({ name: 'demo', state: 'not-analysed' });
    expect(events).toContain('recordings.changed');
  });

  it('describes the record as its header does', async () => {
    const recordingId = await admitDemo();
    const info = valueOf(await service.handlers['recordings.open']({ recordingId }, context));
    expect(() => METHODS['recordings.open'].output.parse(info)).not.toThrow();
    expect(info).toMatchObject({ durationS: 60, samplingRateHz: 250, synthetic: true });
    expect(info.leads.map(({ name }) => name)).toEqual(['MLII', 'V1']);
    expect(info.patient).toMatchObject({ ageYears: 69, sex: 'M' });
    const { entries } = valueOf(await service.handlers['recordings.list']({}, context));
    expect(entries[0]!.openedAtMs).toBeGreaterThan(0);
  });

  it('gives raw samples where a column holds two or fewer, with gaps as NaN', async () => {
    const recordingId = await admitDemo();
    const tile = valueOf(
      await service.handlers['traces.tile'](
        { recordingId, leads: [0, 1], startS: 19.5, endS: 20.5, widthPx: 500, filter: 'raw' },
        context,
      ),
    );
    const [first, second] = tile.leads;
    expect(first).toMatchObject({ kind: 'samples', stepS: 1 / 250 });
    expect(first!.t0S).toBeCloseTo(19.5, 2);
    const at = (lead: typeof first, sample: number): number =>
      lead!.values[sample - Math.round(lead!.t0S * 250)]!;
    expect(at(first, 5000)).toBeNaN();
    expect(at(first, 4938)).toBeCloseTo(
      Math.round(200 * Math.sin((2 * Math.PI * 4938) / 250)) / 200,
      6,
    );
    expect(at(second, 4999)).toBeCloseTo(9.99, 5);
  });

  it('gives one min/max pair per column that bounds every sample, and ends with the record', async () => {
    const recordingId = await admitDemo();
    const tile = valueOf(
      await service.handlers['traces.tile'](
        { recordingId, leads: [1], startS: 30, endS: 90, widthPx: 300, filter: 'raw' },
        context,
      ),
    );
    const lead = tile.leads[0]!;
    expect(lead.kind).toBe('envelope');
    expect(lead.values).toHaveLength(2 * 150);
    for (let column = 0; column < 150; column++) {
      const samples = Array.from({ length: 50 }, (_, i) => ((7500 + column * 50 + i) % 1000) / 100);
      expect(lead.values[2 * column]).toBeCloseTo(Math.min(...samples), 5);
      expect(lead.values[2 * column + 1]).toBeCloseTo(Math.max(...samples), 5);
    }
  });

  it('refuses a lead that the record does not have and a recording that nobody admitted', async () => {
    const recordingId = await admitDemo();
    const tile = { recordingId, startS: 0, endS: 1, widthPx: 10, filter: 'raw' } as const;
    const wrongLead = await service.handlers['traces.tile']({ ...tile, leads: [7] }, context);
    expect(wrongLead).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    const stranger = await service.handlers['recordings.open']({ recordingId: '../etc' }, context);
    expect(stranger).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('keeps settings, and falls back where they make no sense', async () => {
    const set = valueOf(await service.handlers['settings.set']({ gainMmPerMv: 20 }, context));
    expect(set.gainMmPerMv).toBe(20);
    const got = valueOf(await service.handlers['settings.get']({}, context));
    expect(got).toMatchObject({ gainMmPerMv: 20, sweepSpeedMmPerS: 25 });
  });

  it('takes a record off the worklist and brings it back', async () => {
    const recordingId = await admitDemo();
    valueOf(await service.handlers['recordings.forget']({ recordingId }, context));
    expect(valueOf(await service.handlers['recordings.list']({}, context)).entries).toEqual([]);
    await admitDemo();
    expect(valueOf(await service.handlers['recordings.list']({}, context)).entries).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(join(DATA, 'mitdb/208.hea')))('the service on MIT-BIH 208', () => {
  let dir: string;
  let service: Service;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-service-'));
    service = valueOf(
      await createService({
        pool: createInlinePool(),
        inference: createFakeInference(() => 0.1),
        dataDir: dir,
        modelsDir: join(dir, 'models'),
        host: 'cli',
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
  });
  afterAll(async () => {
    await service.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('reads its annotations in seconds', async () => {
    const { entries } = valueOf(await service.admit([join(DATA, 'mitdb/208')]));
    const recordingId = entries[0]!.recordingId;
    const info = valueOf(await service.handlers['recordings.open']({ recordingId }, context));
    expect(info.annotators).toContain('atr');
    const atr = valueOf(
      await service.handlers['annotations.read']({ recordingId, annotator: 'atr' }, context),
    );
    expect(atr.symbol.filter((symbol) => symbol === 'V')).toHaveLength(992);
    expect(atr.timeS.at(-1)).toBeLessThan(info.durationS);
  });

  it('answers a filtered tile of the whole record with what the blocks give', async () => {
    const { entries } = valueOf(await service.admit([join(DATA, 'mitdb/208')]));
    const recordingId = entries[0]!.recordingId;
    const tile = (startS: number, endS: number, widthPx: number) =>
      service.handlers['traces.tile'](
        { recordingId, leads: [0], startS, endS, widthPx, filter: 'model' },
        context,
      );
    // 4 s over a block boundary (32,768 samples are 91.02 s) against the envelope of the whole record.
    const near = valueOf(await tile(90, 94, 4000)).leads[0]!;
    const whole = valueOf(await tile(0, 1800, 900)).leads[0]!;
    const samples = Array.from(near.values.subarray(0, 720));
    expect(whole.values[2 * 45]).toBeCloseTo(Math.min(...samples), 4);
    expect(whole.values[2 * 45 + 1]).toBeCloseTo(Math.max(...samples), 4);
  });
});

describe('where somebody may open a recording', () => {
  it.each([
    ['browser', ['network']],
    ['electron', ['network']],
    ['cli', []],
  ] as const)('the network is loaded from the start on (%s)', async (host, wanted) => {
    const dir = await mkdtemp(join(tmpdir(), 'fiducial-ready-'));
    const loaded: string[] = [];
    const service = valueOf(
      await createService({
        pool: createInlinePool(),
        inference: {
          ...createFakeInference(() => 0.9),
          ready: async () => void loaded.push('network'),
        },
        dataDir: join(dir, 'data'),
        modelsDir: join(projectDir(), 'resources', 'models'),
        demoPath: join(dir, 'no-demo.hea'),
        host,
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
    await new Promise((done) => setTimeout(done, host === 'cli' ? 200 : 0));
    await expect.poll(() => loaded, { timeout: 5000 }).toEqual(wanted);
    await service.close();
    await rm(dir, { recursive: true, force: true });
  });
});
