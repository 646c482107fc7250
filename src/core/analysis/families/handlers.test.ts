import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../../../shared/contract';
import {
  DEFAULT_FINDING_THRESHOLDS,
  MISSING_UV,
  type BeatClass,
  type BeatsOfFamilies,
  type ReviewEdit,
  meantBeats,
} from '../../../shared/domain';
import { openRecording } from '../../formats/list';
import { createRecordingCache } from '../../recordings/recording-cache';
import { writeRecord } from '../../recordings/testing/write-record';
import { createReviews, type Reviews } from '../../review/handlers';
import { createReadings, type ReviewedAnalysis } from '../../review/readings';
import { openSqliteStore, type SqliteStore } from '../../review/store/sqlite-store';
import { createInlinePool } from '../../workers/inline-pool';
import { familyHandlers } from './handlers';
import { valueOf } from '../../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };
/** One beat a second, a wide one every fifth. */
const SECONDS = 60;
const isWide = (beat: number): boolean => beat % 5 === 4;

let folder: string;
let store: SqliteStore;
let reviewed: ReviewedAnalysis;
let reviews: Reviews;
let families: ReturnType<typeof familyHandlers>;
let progress: number[];
let searches: number;
const recordings = createRecordingCache(openRecording);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fiducial-families-'));
  const path = await writeRecord(folder, {
    name: 'a',
    rateHz: 250,
    seconds: SECONDS,
    leads: { II: (at) => beatAt(at), V1: (at) => -0.5 * beatAt(at) },
  });
  const opened = openSqliteStore(join(folder, 'data'));
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  const timeS = Float64Array.from({ length: SECONDS }, (_, i) => i + 0.5);
  reviewed = {
    isDone: true,
    modelSha256: 'm',
    result: {
      segments: Array.from({ length: 11 }, (_, index) => ({
        index,
        startS: 5 * index,
        endS: 5 * index + 10,
        verdict: 'Abnormal' as const,
        probability: 0.9,
        reason: null,
        refer: false,
      })),
      beats: {
        timeS,
        beatClass: Uint8Array.from(timeS, (_, i) => (isWide(i) ? 2 : 0)),
        confidence: new Float32Array(SECONDS).fill(0.9),
        attention: new Float32Array(SECONDS),
      },
      episodes: [],
      origin: { durationS: SECONDS, startClock: null, findsBeats: true, leads: [] },
    },
  };
  const find = (id: string): ReviewedAnalysis | null => (id === 'none' ? null : reviewed);
  const inline = createInlinePool();
  searches = 0;
  const pool: typeof inline = {
    ...inline,
    run(task, input, options) {
      if (task.name === 'beat-forms') searches++;
      return inline.run(task, input, options);
    },
  };
  const readings = createReadings({
    trail: store.trail,
    analysis: find,
    thresholds: () => DEFAULT_FINDING_THRESHOLDS,
    pool,
  });
  reviews = createReviews({
    trail: store.trail,
    readings,
    analysis: find,
    putCounts: () => undefined,
    teaching: async () => null,
    changed: () => undefined,
  });
  progress = [];
  families = familyHandlers({
    decide: reviews.handlers['review.decide'],
    pool,
    dataDir: join(folder, 'data'),
    emit: (_, payload) => void progress.push((payload as { done: number }).done),
    readings,
    reviewed: find,
    withFiles: (_id, _signal, work) =>
      recordings.use(path, (opened) => work(opened, { path, name: 'x', lead: null })),
  });
});
afterEach(async () => {
  store.close();
  await recordings.close();
  await rm(folder, { recursive: true });
});

function beatAt(at: number): number {
  const beat = Math.floor(at);
  return Math.exp(-(((at - beat - 0.5) / (isWide(beat) ? 0.06 : 0.02)) ** 2));
}
const list = async (analysisId = 'x') =>
  valueOf(await families['families.list']({ analysisId }, context));
const sizes = async () => (await list()).families.map(({ name, beats }) => `${name} ${beats}`);
const act = async (edit: ReviewEdit) =>
  valueOf(await reviews.handlers['review.decide']({ analysisId: 'x', edit, reader: 'a' }, context));
const undo = async (redo = false) =>
  valueOf(await reviews.handlers['review.undo']({ analysisId: 'x', redo, reader: 'a' }, context));
const timesOf = async (name: string): Promise<number[]> => {
  const { families: all, members } = await list();
  const at = all.findIndex((family) => family.name === name);
  return [...members.timeS].filter((_, i) => members.family[i] === at);
};
const relabel = async (name: string, beatClass: BeatClass) =>
  act({ kind: 'relabel-beats', timesS: await timesOf(name), beatClass, family: name });

it('lists the families of a recording, with means and members to lay over one another', async () => {
  const { grid, families: all, meansUv, shapesUv, shapesEnd, members, usualRrMs } = await list();
  expect(all.map(({ name, beats, share }) => [name, beats, share])).toEqual([
    ['N a', 48, 0.8],
    ['V a', 12, 0.2],
  ]);
  expect(grid.leads.map(({ name }) => name)).toEqual(['II', 'V1']);
  const size = 2 * grid.samples;
  expect([meansUv.length, shapesUv.length]).toEqual([2 * size, 60 * size]);
  expect([...shapesEnd]).toEqual([48, 60]);
  expect(members.likeness.every((likeness) => likeness > 0.98)).toBe(true);
  expect(meansUv[grid.before]! / -meansUv[grid.samples + grid.before]!).toBeCloseTo(2, 1);
  expect(usualRrMs).toBeCloseTo(1000);
});

it('compares the beats of an analysis once, also after a restart, and again where the file is damaged', async () => {
  const before = await list();
  expect(await list()).toEqual(before);
  expect(searches).toBe(1);
  const forms = join(folder, 'data', 'forms');
  const [file] = await readdir(forms);
  await writeFile(join(forms, file!), 'half');
  expect(await list()).toEqual(before);
});

it('relabels a family in one act and takes it back in one', async () => {
  const state = await relabel('V a', 'N');
  expect(await sizes()).toEqual(['N a 48', 'N b 12']);
  expect(state.counts.decided).toBe(11);
  await undo();
  expect(await sizes()).toEqual(['N a 48', 'V a 12']);
  await undo(true);
  expect((await list()).families[1]).toMatchObject({ name: 'N b', seen: 12, beatClass: 'N' });
});

it('makes an act on beats that are named by their family, and none where other beats are in it', async () => {
  const [normal] = (await list()).families;
  const timesS = await timesOf('N a');
  const outS = [timesS[3]!];
  const rest = timesS.filter((at) => !outS.includes(at));
  const ask = (meant: readonly number[]) =>
    families['families.decide'](
      {
        ...{ analysisId: 'x', reader: 'a', family: 'N a', knowsActs: 0 },
        of: { families: [normal!.id], which: 'rest', outS },
        meant: meantBeats(meant),
        act: { kind: 'see-beats' },
      },
      context,
    );
  // All, one too few, and as many of which one in the middle is another.
  for (const meant of [timesS, rest.slice(0, -1), rest.with(2, rest[2]! + 0.001)]) {
    expect(await ask(meant)).toMatchObject({ error: { code: 'conflict' } });
  }
  const state = valueOf(await ask(rest));
  expect(state).toMatchObject({ made: 1, beatActs: [1], beatEdits: [] });
  const [line] = valueOf(
    await reviews.handlers['review.history']({ analysisId: 'x' }, context),
  ).events;
  expect(line!.edit).toEqual({ kind: 'see-beats', timesS: rest, family: 'N a' });
  expect((await list()).families[0]!.seen).toBe(rest.length);
  await undo();
  expect((await list()).families[0]!.seen).toBe(0);
});

it('says what would follow before it is done, and changes nothing', async () => {
  const { families: all } = await list();
  const of: BeatsOfFamilies = { families: [all[1]!.id], which: 'rest', outS: [] };
  const preview = async (asked: Partial<BeatsOfFamilies> = {}) =>
    families['families.preview'](
      { analysisId: 'x', of: { ...of, ...asked }, beatClass: 'N' },
      context,
    ).then(valueOf);
  const said = await preview();
  expect(said).toMatchObject({ segmentsClosed: 11, segmentsOpened: 0 });
  expect([said.before.beats.V, said.after.beats.V]).toEqual([12, 0]);
  expect(await sizes()).toEqual(['N a 48', 'V a 12']);
  const [first, second] = await timesOf('V a');
  const outS = [first!, second!];
  const left = async (which: BeatsOfFamilies['which']) =>
    (await preview({ which, outS })).after.beats.V;
  expect([await left('rest'), await left('out'), await left('all')]).toEqual([2, 10, 0]);
  const state = await relabel('V a', 'N');
  expect(state.counts.decided).toBe(11);
  const gone = await families['families.preview']({ analysisId: 'x', of, beatClass: 'N' }, context);
  expect(!gone.ok && gone.error.code).toBe('not-found');
});

it('takes beats out of their form, brings forms together, and takes each back as one', async () => {
  const wide = await timesOf('V a');
  await act({
    kind: 'form-beats',
    timesS: wide.slice(0, 3),
    form: 'split',
    beatClass: null,
    family: 'V a',
  });
  expect(await sizes()).toEqual(['N a 48', 'V a 9', 'V b 3']);
  await act({
    kind: 'form-beats',
    timesS: await timesOf('V b').then(async (split) => [...split, ...(await timesOf('N a'))]),
    form: 'merge',
    beatClass: 'N',
    family: 'V b into N a',
  });
  expect(await sizes()).toEqual(['N b 51', 'V a 9']);
  await undo();
  await undo();
  expect(await sizes()).toEqual(['N a 48', 'V a 12']);
});

it('says of beats of several classes at once that they were seen', async () => {
  const { members } = await list();
  await act({ kind: 'see-beats', timesS: [...members.timeS], family: 'all' });
  const { families: all } = await list();
  expect(all.map(({ beatClass, seen }) => [beatClass, seen])).toEqual([
    ['N', 48],
    ['V', 12],
  ]);
});

it('gives shapes of any beats, those that a reader added read from the signal', async () => {
  await act({ kind: 'add-beat', timeS: 30.6, beatClass: 'V' });
  const { uv } = valueOf(
    await families['families.shapes']({ analysisId: 'x', timesS: [30.6, 20.5, 4.5] }, context),
  );
  const size = uv.length / 3;
  const width = (i: number): number =>
    uv.subarray(i * size, i * size + size / 2).filter((one) => one > 300).length;
  expect(width(2)).toBeGreaterThan(width(1) + 4);
  expect(uv.includes(MISSING_UV)).toBe(false);
});

it('tells an unknown analysis from one that still runs, and ends when nobody waits any more', async () => {
  expect(await families['families.list']({ analysisId: 'none' }, context)).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  const controller = new AbortController();
  const asked = families['families.list']({ analysisId: 'x' }, { signal: controller.signal });
  controller.abort();
  expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  reviewed = { ...reviewed, isDone: false };
  expect(await families['families.list']({ analysisId: 'x' }, context)).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
});
