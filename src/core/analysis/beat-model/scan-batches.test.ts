import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/domain';
import { seededRandom } from '../../base/seeded-random';
import { BEAT_WINDOW, RHYTHM_VALUES } from '../../beats/features';
import { loadModel } from '../../inference/load-models';
import { loadOnnxRuntime, type Session } from '../../inference/runtime';
import type { Inference, ModelFiles } from '../../inference/types';
import { projectDir } from '../../processes/entries';
import { answerBeats, taskFor, type BeatAnswers } from './beat-answers';
import { beatParameters } from './beat-parameters';
import { answeringSequence, SEQUENCE_BEATS, sequenceStarts } from './beat-sequences';
import type { StretchBeats } from './beat-stretch';
import { readsBeatsOnce, scanBatches, type ScanRow } from './scan-batches';

/** The sequence that answers for each beat, where rows that follow each other are made into sequences. */
function answeredBy(batches: readonly ScanRow[][], beats: number): number[] {
  const found = Array<number>(beats).fill(-1);
  for (const rows of batches) {
    rows.forEach(({ start, fromBeat, endBeat }, k) => {
      for (let beat = fromBeat; beat < endBeat; beat++) {
        if (found[beat] !== -1) throw new Error(`beat ${beat} of ${beats} is answered twice`);
        const place = beat - start;
        const before = place < SEQUENCE_BEATS / 4 && k > 0;
        const after = place >= (3 * SEQUENCE_BEATS) / 4 && k < rows.length - 1;
        found[beat] = start + (SEQUENCE_BEATS / 2) * (Number(after) - Number(before));
      }
    });
  }
  return found;
}

it('lets every beat be answered by the sequence in which it lies nearest the middle, once', () => {
  for (let beats = 0; beats < 2000; beats += 1 + Math.floor(beats / 24)) {
    const starts = sequenceStarts(beats);
    const wanted = Array.from(answeringSequence(beats, starts), (sequence) => starts[sequence]!);
    const batches = scanBatches(beats, true);
    expect(answeredBy(batches, beats), `${beats} beats`).toEqual(wanted);
    const following = batches.map((rows) =>
      rows.map((_, k) => rows[0]!.start + k * SEQUENCE_BEATS),
    );
    expect(batches.map((rows) => rows.map(({ start }) => start))).toEqual(following);
  }
});

it('reads hardly more beats than there are', () => {
  const rows = scanBatches(1600, true).flat();
  expect(rows.length * SEQUENCE_BEATS).toBeLessThan(1.15 * 1600);
  expect(scanBatches(1600, false).flat().length * SEQUENCE_BEATS).toBeGreaterThan(1.9 * 1600);
});

it('knows a graph that reads every beat once by its own file', () => {
  const explain = { file: 'a.onnx', sha256: 'a' };
  expect(readsBeatsOnce({ files: { scan: explain, explain } })).toBe(false);
  expect(readsBeatsOnce({ files: { scan: explain } })).toBe(false);
  expect(readsBeatsOnce({ files: { scan: { file: 'b.onnx', sha256: 'b' }, explain } })).toBe(true);
});

/** Answers per beat must not depend on how the sequences are made; sixth digits may. */
const LARGEST_DIFFERENCE = 1e-5;
const LEADS = 2;

describe('the scan graph of the shipped model', () => {
  const sessions: Record<string, Session> = {};
  let model: ModelFiles;

  beforeAll(async () => {
    const loaded = await loadModel(
      join(projectDir(), 'resources', 'models', 'beat-attention.json'),
    );
    if (!loaded.ok) throw new Error(loaded.error.message);
    model = loaded.value;
    const runtime = await loadOnnxRuntime(1);
    for (const variant of ['scan', 'explain'] as const)
      sessions[variant] = await runtime.createSession(model.paths[variant]!, 'cpu');
  });
  afterAll(async () => {
    for (const session of Object.values(sessions)) await session.release();
  });

  const answersOf = async (tokens: StretchBeats, graph: string): Promise<BeatAnswers> => {
    const parameters = beatParameters(model.card);
    if (!parameters.ok) throw new Error(parameters.error.message);
    const card = { ...model.card, files: { ...model.card.files } };
    if (graph === 'explain') card.files['scan'] = card.files['explain']!;
    const answers = await answerBeats(
      tokens,
      { ...model, card },
      parameters.value,
      taskFor(parameters.value, 'review', tokens.timeS.length),
      { run: async (_, __, inputs) => ok(await sessions[graph]!.run(inputs)) } as Inference,
      new AbortController().signal,
    );
    if (!answers.ok) throw new Error(answers.error.message);
    return answers.value;
  };

  it.each([1, 40, 64, 65, 96, 127, 160, 900])('says the same of %i beats', async (beats) => {
    const tokens = someBeats(beats, LEADS);
    const [scan, explain] = [await answersOf(tokens, 'scan'), await answersOf(tokens, 'explain')];
    for (const name of Object.keys(explain) as (keyof BeatAnswers)[]) {
      const differences = explain[name].map((value, i) => Math.abs(value - scan[name][i]!));
      const largest = differences.reduce(
        (a, b) => (Number.isNaN(b) ? Infinity : Math.max(a, b)),
        0,
      );
      expect(largest, name).toBeLessThan(LARGEST_DIFFERENCE);
    }
  });
});

/** Narrow and wide beats with noise, some of them in one lead only, some in none. */
function someBeats(beats: number, leads: number): StretchBeats {
  const { samples } = BEAT_WINDOW;
  const random = seededRandom(beats);
  const windows = (count: number): Float32Array => {
    const widths = Array.from({ length: count * leads }, () => 2 + 6 * random());
    const height = (i: number): number =>
      Math.exp(-((((i % samples) - 38) / widths[Math.floor(i / samples)]!) ** 2));
    return Float32Array.from(
      { length: widths.length * samples },
      (_, i) => height(i) + 0.1 * (random() - 0.5),
    );
  };
  const present = Float32Array.from({ length: beats * leads }, () => Number(random() > 0.1));
  return {
    timeS: Float64Array.from({ length: beats }, (_, i) => i),
    seen: Uint8Array.from({ length: beats }, (_, i) =>
      Number(present.subarray(i * leads, (i + 1) * leads).includes(1)),
    ),
    ...{ leads, samples, present, paced: new Uint8Array(beats) },
    windows: windows(beats),
    forms: Int32Array.from({ length: beats }, (_, i) => (i % 7 === 0 ? -1 : i % 2)),
    formMeans: windows(2),
    formBeats: Uint32Array.from([2, 40]),
    dominant: windows(1),
    amplitudeMv: new Float32Array(leads).fill(1),
    similarity: new Float32Array(beats),
    rhythm: Float32Array.from({ length: beats * RHYTHM_VALUES }, () => 0.4 + random()),
  };
}
