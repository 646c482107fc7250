import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../../shared/domain';
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
}, 60_000);
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

async function analysed(): Promise<string> {
  const path = await writeTestRecord(join(dir, 'records'), { name: 'decided', seconds: 600 });
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

it(`loses no decision that was answered as saved when the engine is killed ${KILLS} times`, async () => {
  const analysisId = await analysed();
  const random = createRandom(20261123);
  /** Notes of decisions by what their answer said. */
  const saved: string[] = [];
  const unanswered = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    // Killed right after this many answers, while the rest of the burst is under way.
    let left = Math.floor(random.uniform() * BURST);
    let killNow: () => void;
    const due = new Promise<void>((resolve) => (killNow = resolve));
    const answers = Array.from({ length: BURST }, async (_, i) => {
      const note = `${kill}/${i}`;
      const segments = [(kill * BURST + i) % 100];
      const answer = await host.client.call('review.decide', {
        analysisId,
        reader: 'test',
        edit: { kind: 'decide-segments', segments, decision: 'agree', note },
      });
      if (answer.ok) saved.push(note);
      else unanswered.add(note);
      if (left-- === 0) killNow();
    });
    await due;
    if (engine.pid !== undefined) process.kill(engine.pid, 'SIGKILL');
    await Promise.all(answers);
    await host.close();
    begin();
    must(await host.client.call('app.info', {})); // the engine of the next round is up
  }
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
