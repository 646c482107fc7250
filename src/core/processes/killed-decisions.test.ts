import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result, ReviewEdit } from '../../shared/domain';
import { createRandom } from '../synthesis/random';
import { writeTestModel } from '../inference/testing/model-fixture';
import type { Channel } from '../base/channel';
import { entryPath } from './entries';
import { createHost, type Host } from './host';
import { forkNode } from './node-channel';
import { requireBuild } from '../../../tests/contract/double/require-build';
import { writeTestRecord } from './testing/test-record';

/** Killings in one run; each is in the middle of a burst of decisions. */
const KILLS = 50;
/** Killings in bursts of acts on families: few unless more are asked for. */
const FAMILY_KILLS = Number(process.env['FIDUCIAL_KILLS'] ?? 5);
/** Decisions that a burst sends without waiting for their answers. */
const BURST = 12;

let dir: string;
let host: Host;
let engine: Channel;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-killed-'));
  await requireBuild();
  await writeTestModel(join(dir, 'models'));
  await mkdir(join(dir, 'records'));
  begin();
});
afterAll(async () => {
  await host.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

/** A host of its own for every round, as after a crash of everything: a host that restarts waits longer each time. */
function begin(): void {
  host = createHost({
    forkEngine: () => (engine = forkNode(entryPath('engine'), { quiet: true })),
    forkInference: () => forkNode(entryPath('inference'), { quiet: true }),
    config: {
      host: 'browser',
      version: 'test',
      dataDir: join(dir, 'data'),
      modelsDir: join(dir, 'models'),
      demoPath: join(dir, 'no-demo.hea'),
    },
  });
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

async function analysed(name: string): Promise<string> {
  const path = await writeTestRecord(join(dir, 'records'), { name, seconds: 600 });
  const { recordingId } = must(await host.admit([path])).entries[0]!;
  const { analysisId } = must(
    await host.client.call('analysis.start', { recordingId, modelId: null, lead: null }),
  );
  for (;;) {
    const { state } = must(await host.client.call('analysis.status', { analysisId }));
    if (state === 'done') return analysisId;
    if (state === 'failed' || state === 'cancelled') throw new Error(state);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type Edits = (kill: number, i: number) => { name: string; edit: ReviewEdit };

/**
 * Sends bursts of edits and kills the engine in the middle of each.
 * @returns names of the edits that were answered as saved, and of the others
 */
async function killedInBursts(
  analysisId: string,
  kills: number,
  edits: Edits,
  seed: number,
): Promise<{ saved: string[]; unanswered: Set<string> }> {
  const random = createRandom(seed);
  const saved: string[] = [];
  const unanswered = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    // Killed right after this many answers, while the rest of the burst is under way.
    let left = Math.floor(random.uniform() * BURST);
    let killNow: () => void;
    const due = new Promise<void>((resolve) => (killNow = resolve));
    const answers = Array.from({ length: BURST }, async (_, i) => {
      const { name, edit } = edits(kill, i);
      const answer = await host.client.call('review.decide', { analysisId, reader: 'test', edit });
      if (answer.ok) saved.push(name);
      else unanswered.add(name);
      if (left-- === 0) killNow();
    });
    await due;
    if (engine.pid !== undefined) process.kill(engine.pid, 'SIGKILL');
    await Promise.all(answers);
    await host.close();
    begin();
    must(await host.client.call('app.info', {})); // the engine of the next round is up
  }
  return { saved, unanswered };
}

it(`loses no decision that was answered as saved when the engine is killed ${KILLS} times`, async () => {
  const analysisId = await analysed('decided');
  const { saved, unanswered } = await killedInBursts(
    analysisId,
    KILLS,
    (kill, i) => {
      const note = `${kill}/${i}`;
      const segments = [(kill * BURST + i) % 100];
      return { name: note, edit: { kind: 'decide-segments', segments, decision: 'agree', note } };
    },
    20261123,
  );
  const { events } = must(await host.client.call('review.history', { analysisId }));
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, i) => i + 1));
  const kept = new Set(
    events.map(({ edit }) => (edit.kind === 'decide-segments' ? edit.note : '')),
  );
  expect(saved.filter((note) => !kept.has(note))).toEqual([]);
  // Stored or not, a decision without an answer was never shown as saved; nothing else is in the trail.
  const known = new Set([...saved, ...unanswered]);
  expect([...kept].filter((note) => !known.has(note))).toEqual([]);
  expect(saved.length).toBeGreaterThan(0);
  expect(unanswered.size).toBeGreaterThan(0);
}, 240_000);

it(`does no act on a family by half when the engine is killed ${FAMILY_KILLS} times`, async () => {
  const analysisId = await analysed('families');
  /** Beats of one act. */
  const timesS = Array.from({ length: 300 }, (_, i) => 0.25 * (i + 1));
  const acts = (family: string): readonly ReviewEdit[] => [
    { kind: 'relabel-beats', timesS, beatClass: 'V', family },
    { kind: 'see-beats', timesS, family },
    { kind: 'form-beats', timesS, form: family, beatClass: 'N', family },
  ];
  const { saved, unanswered } = await killedInBursts(
    analysisId,
    FAMILY_KILLS,
    (kill, i) => {
      const name = `${kill}/${i}`;
      return { name, edit: acts(name)[i % 3]! };
    },
    20261128,
  );
  const { events } = must(await host.client.call('review.history', { analysisId }));
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, i) => i + 1));
  const kept = new Set<string>();
  for (const { edit, after } of events) {
    if (!('family' in edit)) throw new Error(edit.kind);
    kept.add(edit.family);
    // Whole or not there at all: every beat of the act, as it was sent, and what the trail says of it.
    const index = Number(edit.family.split('/')[1]);
    expect(edit).toEqual(acts(edit.family)[index % 3]);
    expect(after).toEqual({ beats: timesS.length, family: edit.family });
  }
  expect(kept.size).toBe(events.length);
  expect(saved.filter((name) => !kept.has(name))).toEqual([]);
  const known = new Set([...saved, ...unanswered]);
  expect([...kept].filter((name) => !known.has(name))).toEqual([]);
  // What stands is the trail: each act is one, and one undo takes one back.
  const state = must(await host.client.call('review.summary', { analysisId, reader: 'test' }));
  expect(state.beatEdits).toHaveLength(events.length);
  const undone = must(
    await host.client.call('review.undo', { analysisId, redo: false, reader: 'test' }),
  );
  expect(undone.beatEdits).toHaveLength(events.length - 1);
  expect(saved.length).toBeGreaterThan(0);
  expect(unanswered.size).toBeGreaterThan(0);
}, 240_000);
