import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ModelCard } from '../../shared/domain';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { writeTestModel } from '../inference/testing/model-fixture';
import type { Inference, ModelFiles } from '../inference/types';
import { leadsOf } from '../recordings/recording-info';
import {
  ANALYSIS_COLUMNS,
  analysisOf,
  putAnalysisRow,
  RESULT_FORMAT,
  StoredResult,
} from '../review/store/analysis-rows';
import { openDatabase } from '../review/store/database';
import { exampleAnalysis } from '../review/store/testing/examples';
import type { AnalysisResult } from '../review/store/types';
import { DEMO_RECORD, writeSyntheticRecord } from '../synthesis';
import { createInlinePool } from '../workers/inline-pool';
import { analyserOf } from './analysers';
import { ANALYSIS_VERSION } from './analysis-key';
import { analysisOrigin, createCollector } from './collect';
import { fakeBeatInference, fakeBeatModel } from './testing/fake-beat-model';
import { createFakeInference } from './testing/fake-inference';
import { wholeRun } from './whole-run';

/** What another processor may round otherwise is below it. */
const DIGITS = 5;

let dir: string;
let recording: OpenRecording;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-stored-'));
  await writeSyntheticRecord(dir, DEMO_RECORD);
  const opened = await openRecording(join(dir, DEMO_RECORD.name));
  if (!opened.ok) throw new Error(opened.error.message);
  recording = opened.value;
}, 60_000);
afterAll(async () => {
  await recording.close();
  await rm(dir, { recursive: true, force: true });
});

/** The result of the demonstration, as the store gives it back. */
async function stored(model: ModelFiles, inference: Inference): Promise<AnalysisResult> {
  const analyser = analyserOf(model.card.kind)!;
  const { durationS, startClock } = recording;
  const origin = analysisOrigin(analyser, { durationS, startClock, leads: leadsOf(recording) });
  const collector = createCollector(origin);
  const { signal } = new AbortController();
  const input = { recording, model, lead: null, pool: createInlinePool(), inference, signal };
  for await (const update of wholeRun(analyser, input)) {
    if (!update.ok) throw new Error(update.error.message);
    collector.add(update.value);
  }
  const opened = openDatabase(join(dir, `${model.card.kind}.db`));
  if (!opened.ok) throw new Error(opened.error.message);
  const database = opened.value;
  putAnalysisRow(database, { ...exampleAnalysis('a'), result: collector.result() });
  const row = analysisOf(database.get(`SELECT ${ANALYSIS_COLUMNS} FROM analyses`)!);
  database.close();
  return row!.result;
}

/** The kinds of values, by name: what a column is made of counts, not how long it is. */
function shapeOf(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  if (Array.isArray(value)) {
    return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort();
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const named = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(named.map(([name, part]) => [name, shapeOf(part)]));
}

const digest = (value: unknown): string =>
  hash(
    'sha256',
    JSON.stringify(value, (_, part: unknown) => {
      if (ArrayBuffer.isView(part)) return [...(part as unknown as Iterable<number>)];
      return typeof part === 'number' ? Number(part.toPrecision(DIGITS)) : part;
    }),
  ).slice(0, 16);

const RAISE =
  'What the store keeps of an analysis has changed. Where its shape did, raise RESULT_FORMAT (analysis-rows.ts); where equal ' +
  'samples and weights give another result, raise ANALYSIS_VERSION (analysis-key.ts): stored results are then made anew. ' +
  'Then write the digests of today here.';

describe('what is stored of an analysis', () => {
  it('is of the shape that its format says', async () => {
    const model = await testModel();
    const results = [await ofBeats(), await stored(model, createFakeInference(ramp))];
    const schema = z.toJSONSchema(StoredResult, { unrepresentable: 'any' });
    expect({ RESULT_FORMAT, digest: digest([schema, results.map(shapeOf)]) }, RAISE).toEqual({
      RESULT_FORMAT: 2,
      digest: '466bd5b228adafda',
    });
  }, 120_000);

  it('says of the demonstration what its version says', async () => {
    const model = await testModel();
    const digests = {
      beats: digest(await ofBeats()),
      segments: digest(await stored(model, createFakeInference(ramp))),
    };
    expect({ ANALYSIS_VERSION, ...digests }, RAISE).toEqual({
      ANALYSIS_VERSION: 21,
      beats: '40f98d63b8cbee50',
      segments: '80f7ca04884383b0',
    });
  }, 120_000);
});

const ofBeats = (): Promise<AnalysisResult> => stored(fakeBeatModel, fakeBeatInference);

/** Some segments are flagged and others not. */
const ramp = (row: Float32Array): number => Math.min(0.99, Math.max(0.01, Math.abs(row[0]!) / 2));

async function testModel(): Promise<ModelFiles> {
  const card = ModelCard.parse(JSON.parse(await readFile(await writeTestModel(dir), 'utf8')));
  return { card, paths: { scan: 'none', explain: 'none' } };
}
