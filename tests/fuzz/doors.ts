import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '../../src/core/formats/list';
import { parseAnnotations } from '../../src/core/formats/wfdb';
import { parseHeader } from '../../src/core/formats/wfdb/header';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { readOnnx } from '../../src/core/inference/onnx-file';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { validateCall } from '../../src/core/processes/validate';
import { recordingInfo } from '../../src/core/recordings/recording-info';
import { parseReviewFile } from '../../src/core/review/exchange';
import { METHODS } from '../../src/shared/contract';
import type { Result } from '../../src/shared/domain';
import { decode, encode } from '../../src/shared/transport/codec';
import { corpus } from './corpus';
import { formatCorpus } from './format-corpus';
import { BYTE_MUTATORS, mutate, TEXT_MUTATORS } from './mutate';
import { askPredict, startPredictServer, wrongInAnswer } from './predict-cases';

/** A place where bytes from outside are taken apart. */
export interface Door {
  readonly name: string;
  /** One case: throws where the door did what it must not. @returns how it went, in a word */
  run(number: number): string | Promise<string>;
  close?(): Promise<void>;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Every door, made once. */
export async function openDoors(): Promise<Door[]> {
  const records = corpus();
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-fuzz-doors-'));
  await writeTestModel(join(dir, 'models'));
  const models = await readdir(join(dir, 'models'), { recursive: true });
  const graphs = await Promise.all(
    models
      .filter((name) => name.endsWith('.onnx'))
      .map((name) => readFile(join(dir, 'models', name))),
  );
  const bodies = [
    encode({ recordingId: 'r', leads: [0, 1], startS: 0, endS: 10, widthPx: 900, filter: 'raw' }),
    encode({
      analysisId: 'a',
      edit: { kind: 'delete-beats', timesS: [1, 2.5], family: '' },
      reader: 'x',
    }),
    encode({ values: Float32Array.of(1, NaN), more: [{ a: [1, null, 'ä'] }] }),
  ];
  const methods = Object.keys(METHODS);
  const review = text(
    JSON.stringify({
      format: 'fiducial-review',
      formatVersion: 2,
      record: 'r',
      recordSha256: 'a',
      modelId: 'm',
      modelSha256: 'b',
      events: [],
    }),
  );
  return [
    {
      name: 'WFDB headers',
      run: damaged(
        records.map((seed) => seed['r.hea']!),
        TEXT_MUTATORS,
        (bytes) => inWords(parseHeader(bytes, 'r.hea')),
      ),
    },
    {
      name: 'WFDB annotations',
      run: damaged(
        records.map((seed) => seed['r.atr']!),
        BYTE_MUTATORS,
        (bytes) => inWords(parseAnnotations(bytes, 'r.atr')),
      ),
    },
    {
      name: 'requests of the page',
      run: damaged(bodies, BYTE_MUTATORS, (bytes, random) => {
        let input: unknown;
        try {
          input = decode(bytes);
        } catch (error) {
          return inWords({ ok: false, error: { message: (error as Error).message } });
        }
        return inWords(validateCall(methods[integer(random, 0, methods.length - 1)], input));
      }),
    },
    {
      name: 'exported reviews',
      run: damaged([review], TEXT_MUTATORS, (bytes) =>
        inWords(
          parseReviewFile(new TextDecoder().decode(bytes), 'review.json', {
            recordSha256: 'a',
            modelSha256: 'b',
          }),
        ),
      ),
    },
    {
      name: 'ONNX files',
      run: damaged(graphs, BYTE_MUTATORS, (bytes) => {
        try {
          readOnnx(bytes);
          return 'read';
        } catch (error) {
          // Whoever reads a model takes an Error for its refusal; anything else is a bug.
          if (error instanceof Error) return 'refused';
          throw error;
        }
      }),
    },
    await recordings(dir),
    await predictions(dir),
  ];
}

/** Uploads to a server on loopback. */
async function predictions(dir: string): Promise<Door> {
  const server = await startPredictServer(join(dir, 'predict'));
  return {
    name: 'uploads to the predict API',
    async run(number) {
      const answer = await askPredict(server, number);
      const wrong = wrongInAnswer(answer);
      if (wrong !== null)
        throw new Error(`${wrong}: ${answer.status} ${answer.text.slice(0, 300)}`);
      return answer.status === 200 ? 'read' : 'refused';
    },
    close: () => server.close(),
  };
}

/** Recordings of every format as files, opened and asked for what the viewer asks. */
async function recordings(dir: string): Promise<Door> {
  const folder = await mkdtemp(join(dir, 'record-'));
  const seeds = [...corpus().map((files) => ({ files })), ...formatCorpus()];
  return {
    name: 'recordings of every format',
    async run(number) {
      const random = seededRandom(number);
      const { files } = seeds[number % seeds.length]!;
      const names = Object.keys(files);
      const broken = names[integer(random, 0, names.length - 1)]!;
      for (const name of await readdir(folder)) await rm(join(folder, name));
      for (const name of names) {
        const mutators = random() < 0.5 ? TEXT_MUTATORS : BYTE_MUTATORS;
        const bytes = files[name]!;
        await writeFile(
          join(folder, name),
          name === broken ? mutate(bytes, random, mutators) : bytes,
        );
      }
      const opened = await openRecording(join(folder, names[0]!), {
        samplingRateHz: 250,
        gainAduPerMv: 200,
      });
      if (!opened.ok) return inWords(opened);
      try {
        await recordingInfo(opened.value);
        for (const { index, samples } of opened.value.leads.slice(0, 4)) {
          inWords(await opened.value.readPhysical(index, 0, Math.min(samples, 3000)));
        }
        return 'read';
      } finally {
        await opened.value.close();
      }
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

function damaged(
  seeds: readonly Uint8Array[],
  mutators: typeof BYTE_MUTATORS,
  read: (bytes: Uint8Array, random: () => number) => string,
): (number: number) => string {
  return (number) => {
    const random = seededRandom(number);
    return read(mutate(seeds[number % seeds.length]!, random, mutators), random);
  };
}

/** @throws Error for a failure that is no sentence */
function inWords(result: Result<unknown> | { ok: false; error: { message: string } }): string {
  if (result.ok) return 'read';
  if (!/^\S.*\.$/s.test(result.error.message)) {
    throw new Error(`No sentence: ${result.error.message}`);
  }
  return 'refused';
}
