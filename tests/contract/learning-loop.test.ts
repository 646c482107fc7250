import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython, trainingDir } from '../../scripts/train/python';
import { compareModels } from '../../src/core/evaluation/compare-models';
import { comparisonText } from '../../src/core/evaluation/comparison-text';
import { fingerprintsBeside, wasTrainedOn } from '../../src/core/evaluation/trained-on';
import { modelAt, TRAINED_ON_FILE } from '../../src/core/inference/load-models';
import { createDirectInference } from '../../src/core/inference/testing/direct-inference';
import { openRecording } from '../../src/core/formats/list';
import { projectDir } from '../../src/core/processes/entries';
import { DecidedOnly } from '../../src/core/recordings/decided-only';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { createService } from '../../src/core/service';
import type { Service } from '../../src/core/service';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { prepareBeatTensors } from '../../src/core/training-data/beat-prepare';
import { OUR_SETTINGS } from '../../src/core/workbench';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contract';
import { BEAT_CLASSES, type Result, type ReviewEdit } from '../../src/shared/domain';

/** From a reader's corrections to another network in use, and back: every step in its own place and nowhere else. */
const project = projectDir();
const SHIPPED = join(project, 'resources', 'models');
const VERSION = '0.0.1-test';
/** One member of the shipped network, as a network of its own: a fourth of the work of all. */
const ONE_MEMBER = `
import json, sys
from beat_attention.export import Deployed, export
from beat_attention.reread import members_of
card = json.load(open(sys.argv[1] + "/beat-attention.json"))
nets = members_of(sys.argv[1] + "/beat-attention.onnx", card)[:1]
card = {**{k: v for k, v in card.items() if k != "files"}, "version": sys.argv[3]}
export(Deployed(nets, card["parameters"]["calibration"]), card, sys.argv[2])
`;
const READER = 'Dr. Ito';
const NAMES = ['one', 'two', 'three', 'four'];
const SECONDS = 60;
/** Stands for the fingerprint of a recording that the network before learned from. */
const LEARNED_BEFORE = 'ab'.repeat(32);
const V = BEAT_CLASSES.indexOf('V');
const context = { signal: new AbortController().signal };

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

const python = findPython(project);
describe.skipIf(!python)('corrections to a better network', () => {
  let dir: string;
  let service: Service;
  const inference = createDirectInference();
  const pool = createInlinePool();
  const analyses = new Map<string, { recordingId: string; analysisId: string }>();
  const at = (...parts: string[]): string => join(dir, ...parts);

  async function ask<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<MethodOutput<M>> {
    const handler = service.handlers[method] as (
      of: unknown,
      by: typeof context,
    ) => Promise<Result<MethodOutput<M>>>;
    return value(await handler(input, context));
  }
  const dataset = (folder: string, more: { reader?: string; identity?: boolean } = {}) =>
    service.writeDataset({
      folder,
      reader: more.reader ?? null,
      sinceMs: null,
      identity: more.identity ?? true,
      ...context,
    });

  /** What the reader decides on one recording: some beats, and nothing of the rest. */
  async function correct(name: string): Promise<ReviewEdit[]> {
    const { analysisId } = analyses.get(name)!;
    const { beats } = await ask('analysis.beats', { analysisId });
    const times = [...beats.timeS];
    const ventricular = times.filter((_, i) => beats.beatClass[i] === V);
    const edits: ReviewEdit[] = [
      { kind: 'relabel-beats', timesS: ventricular, beatClass: 'S', family: 'wide' },
      { kind: 'see-beats', timesS: times.filter((atS) => atS > 20 && atS < 45), family: 'narrow' },
      { kind: 'delete-beat', timeS: times[3]! },
    ];
    for (const edit of edits) await ask('review.decide', { analysisId, edit, reader: READER });
    return edits;
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-loop-'));
    for (const folder of ['corrected', 'known', 'data']) await mkdir(at(folder));
    const made = spawnSync(python!, ['-c', ONE_MEMBER, SHIPPED, at('models'), VERSION], {
      cwd: trainingDir(project),
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(made.stderr);
    await writeFile(at('models', TRAINED_ON_FILE), JSON.stringify({ [LEARNED_BEFORE]: '101' }));
    for (const [i, name] of NAMES.entries()) {
      const folder = at(i < 2 ? 'corrected' : 'known');
      const shape = { durationS: SECONDS, rateHz: i % 2 ? 250 : 360, leads: 2 as const };
      const ectopy = ['pvc', 'pac', 'pvc', 'pvc'] as const;
      const stretch = { untilS: SECONDS, rhythm: 'sinus', heartRateBpm: 72, ectopy } as const;
      const scenario = { stretches: [stretch], disturbances: [] };
      await writeSyntheticRecord(folder, { name, seed: 70 + i, format: 212, scenario, ...shape });
    }
    // Nobody's annotations are read on the way: what is learned is what the reader decides.
    for (const name of NAMES.slice(0, 2)) await rm(at('corrected', `${name}.atr`));
    service = value(
      await createService({
        ...{ pool, inference, dataDir: at('data'), modelsDir: at('models'), host: 'cli' },
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
    const { entries } = value(await service.admit([at('corrected')]));
    for (const { recordingId, name } of entries) {
      const done = await service.complete(recordingId, { modelId: null, lead: null, ...context });
      analyses.set(name, { recordingId, analysisId: value(done).analysisId });
    }
  }, 300_000);
  afterAll(async () => {
    await service?.close();
    await inference.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('has nothing to write before anybody decided', async () => {
    expect(await dataset(at('nothing'))).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('writes what was decided, and masks the rest', async () => {
    await correct('one');
    await correct('two');
    const { rows } = value(await dataset(at('set')));
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['one', 'written'],
      ['two', 'written'],
    ]);
    expect((await readdir(at('set'))).sort()).toEqual(
      ['one', 'two'].flatMap((name) =>
        ['atr', 'dat', 'hea', 'mask.json'].map((ending) => `${name}.${ending}`),
      ),
    );
    const mask = DecidedOnly.parse(JSON.parse(await readFile(at('set', 'one.mask.json'), 'utf8')));
    expect(mask.readers).toEqual([READER]);
    expect(mask.whole.some(({ startS, endS }) => startS < 21 && endS > 44)).toBe(true);
    const opened = value(await openRecording(at('set', 'one.hea')));
    const annotations = value(await opened.annotations('atr'));
    await opened.close();
    // Three ventricular beats became supraventricular; one was taken out.
    expect(annotations.symbol.filter((symbol) => symbol === 'S').length).toBeGreaterThanOrEqual(3);
    expect(annotations.symbol.filter((symbol) => symbol === 'V')).toEqual([]);
    expect(annotations.symbol.filter((symbol) => symbol === '|')).toHaveLength(1);
  });

  it('leaves what is there with the same decisions, and refuses what is not its own', async () => {
    expect(value(await dataset(at('set'))).rows.map(({ state }) => state)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    const [foreign] = value(await dataset(at('corrected'))).rows;
    expect(foreign).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    expect(await dataset(at('other'), { reader: 'nobody' })).toMatchObject({ ok: false });
  });

  it('leaves out who it was, under names that a later run finds again', async () => {
    const first = value(await dataset(at('unnamed'), { identity: false })).rows;
    expect(first.map(({ state }) => state)).toEqual(['written', 'written']);
    for (const file of await readdir(at('unnamed'))) {
      expect(file).not.toMatch(/one|two/);
      expect(await readFile(at('unnamed', file), 'latin1')).not.toMatch(/Ito|\bone\b|\btwo\b/);
    }
    const again = value(await dataset(at('unnamed'), { identity: false })).rows;
    expect(again.map(({ name, state }) => [name, state])).toEqual(
      first.map(({ name }) => [name, 'unchanged']),
    );
  });

  it('prepares labels of what was decided alone', async () => {
    const paths = NAMES.slice(0, 2).map((name) => at('set', `${name}.hea`));
    const prepared = value(await prepareBeatTensors({ paths, outDir: at('tensors') }));
    const [one] = prepared.records;
    const known = Object.values(one!.classes).reduce((sum, count) => sum + count, 0);
    expect(known).toBeGreaterThan(25);
    expect(known).toBeLessThan(one!.beats - 20);
    expect(one!.classes).toMatchObject({ V: 0 });
    const index = JSON.parse(await readFile(at('tensors', 'index.json'), 'utf8')) as {
      records: { decided: boolean }[];
    };
    expect(index.records.map(({ decided }) => decided)).toEqual([true, true]);
    await rm(at('set', 'one.mask.json'));
    const blind = await prepareBeatTensors({ paths: paths.slice(0, 1), outDir: at('blind') });
    expect(blind).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await writeFile(at('set', 'one.hea'), '');
    await rm(at('set'), { recursive: true });
    value(await dataset(at('set')));
  });

  it('trains the shipped network further, with a replay of other records', async () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[join(project, 'scripts', 'train.mjs'), '--model', 'beat-attention'],
        ...['--start-from', at('models', 'beat-attention.json'), '--steps', '1'],
        ...['--db', at('set'), '--db', at('known'), '--run', at('run')],
        ...['--model-version', '9.0.0-test', '--no-evaluate', '--', '--threads', '1'],
      ],
      { encoding: 'utf8' },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    const { card } = value(await modelAt(at('run', 'model')));
    expect(card.version).toBe('9.0.0-test');
    expect(card.training.records).toEqual(expect.arrayContaining(NAMES));
    expect(card.training.recipe).toContain('2 corrected recordings and a replay of 2');
  }, 300_000);

  it('knows by their samples what it learned from, and what the network before it did', async () => {
    const model = value(await modelAt(at('run', 'model')));
    const known = await fingerprintsBeside(model);
    expect(known[LEARNED_BEFORE]).toBe('101');
    expect([...new Set(Object.values(known))].sort()).toEqual(['101', ...NAMES].sort());
    await mkdir(at('renamed'));
    const header = await readFile(at('known', 'three.hea'), 'utf8');
    await writeFile(at('renamed', 'other.hea'), header.replaceAll('three', 'other'));
    await copyFile(at('known', 'three.dat'), at('renamed', 'other.dat'));
    const recording = value(await openRecording(at('renamed', 'other.hea')));
    expect(await wasTrainedOn(model, recording)).toBe(true);
    await recording.close();
  });

  it('says what became better and worse, with the segments that changed', async () => {
    const recordings = createRecordingCache(openRecording);
    const compared = value(
      await compareModels({
        ...{ pool, inference, recordings, annotator: 'atr', ...context },
        settings: () => OUR_SETTINGS,
        models: [
          value(await modelAt(at('models', 'beat-attention.json'))),
          value(await modelAt(at('run', 'model'))),
        ],
        paths: ['three', 'four'].map((name) => at('known', `${name}.hea`)),
        bootstrap: { draws: 50 },
      }),
    );
    await recordings.close();
    expect(compared.models.map(({ version }) => version)).toEqual([VERSION, '9.0.0-test']);
    expect(compared.patients).toBe(2);
    const names = compared.figures.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['vF1', 'sF1', 'reviewSensitivity']));
    for (const { first, second, difference } of compared.figures)
      expect(difference.value).toBeCloseTo(second.value - first.value, 9);
    for (const { flags, flagsGone, flagsNew } of compared.records)
      expect(flags[1] - flags[0]).toBe(flagsNew - flagsGone);
    expect(comparisonText(compared)).toContain('Paired bootstrap over patients');
  }, 120_000);

  it('is looked at, adopted by a person, and taken back; what was read keeps its network', async () => {
    const { recordingId, analysisId } = analyses.get('one')!;
    const before = await ask('models.list', {});
    const shipped = before.every!.find(({ card }) => card.id === 'beat-attention')!;
    expect(shipped).toMatchObject({ inUse: true, shipped: true });
    const added = value(await service.addModel(at('run', 'model')));
    expect(await fingerprintsBeside(added)).toHaveProperty(LEARNED_BEFORE, '101');
    const { every } = await ask('models.list', {});
    const candidate = every!.find(({ card }) => card.version === '9.0.0-test')!;
    expect(candidate).toMatchObject({ inUse: false, shipped: false, card: added.card });

    const compared = await ask('models.compare', { analysisId, modelId: candidate.key });
    expect(compared.changed).toHaveLength(compared.flagsGone + compared.flagsNew);
    const nobody = await service.handlers['models.adopt'](
      { key: candidate.key, reader: ' ' },
      context,
    );
    expect(nobody).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    await ask('models.adopt', { key: candidate.key, reader: READER });
    const used = await ask('models.list', {});
    expect(used.models.find(({ id }) => id === 'beat-attention')!.version).toBe('9.0.0-test');
    expect(used.adoptions).toMatchObject([{ kind: 'adopt', reader: READER }]);

    const anew = value(
      await service.complete(recordingId, { modelId: null, lead: null, ...context }),
    );
    expect(anew.analysisId).not.toBe(analysisId);
    const asked = { paper: 'A4', identity: true, reader: READER, form: 'fhir' } as const;
    const textOf = async (id: string): Promise<string> => {
      const { documentId } = await ask('report.create', { analysisId: id, ...asked });
      return readFile(value(await service.document(documentId)).path, 'utf8');
    };
    const kept = await textOf(analysisId);
    expect(kept).toContain(VERSION);
    expect(kept).not.toContain('9.0.0-test');

    await ask('models.rollback', { modelId: 'beat-attention', reader: READER });
    const back = await ask('models.list', {});
    expect(back.models.find(({ id }) => id === 'beat-attention')!.version).toBe(VERSION);
    const none = await service.handlers['models.rollback'](
      { modelId: 'beat-attention', reader: READER },
      context,
    );
    expect(none).toMatchObject({ ok: false, error: { code: 'conflict' } });
  }, 120_000);

  it('uses no network whose files are not those that were adopted', async () => {
    const { every } = await ask('models.list', {});
    const { key } = every!.find(({ shipped, card }) => !shipped && card.id === 'beat-attention')!;
    await ask('models.adopt', { key, reader: READER });
    const folder = at('data', 'models', key.replace('@', '-'));
    await writeFile(join(folder, 'beat-attention.onnx'), 'something else');
    // Another process comes upon it.
    const later = value(
      await createService({
        ...{ pool, inference, dataDir: at('data'), modelsDir: at('models'), host: 'cli' },
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
    const { recordingId } = analyses.get('one')!;
    const refused = await later.complete(recordingId, { modelId: null, lead: null, ...context });
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad-model' } });
    expect(refused.ok ? '' : refused.error.message).toContain('roll back');
    value(
      await later.handlers['models.rollback'](
        { modelId: 'beat-attention', reader: READER },
        context,
      ),
    );
    value(await later.complete(recordingId, { modelId: null, lead: null, ...context }));
    await later.close();
    expect(basename(folder)).toContain('beat-attention-');
  }, 120_000);
});
