/** Damaged uploads of the predict API: a server of its own, its cases by their numbers, and what an answer must not be. */
import { join } from 'node:path';
import { createModels } from '../../src/core/analysis/models';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { openRecording } from '../../src/core/formats/list';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { startServer, type Server } from '../../src/server/start-server';
import { corpus } from './corpus';
import { BYTE_MUTATORS, mutate, TEXT_MUTATORS } from './mutate';

const BOUNDARY = 'fuzz-boundary';
const seeds = corpus();

/** @param dir where its models are written */
export async function startPredictServer(dir: string): Promise<Server> {
  await writeTestModel(join(dir, 'models'));
  const engine = {
    pool: createInlinePool(),
    inference: createFakeInference(() => 0.2),
    models: createModels(join(dir, 'models'), () => null),
    recordings: createRecordingCache(openRecording),
    settings: () => OUR_SETTINGS,
  };
  return startServer({
    ...{ address: '127.0.0.1', port: 0, token: null, version: '0', viewer: null },
    engine: () => engine,
  });
}

export interface PredictAnswer {
  readonly status: number;
  readonly text: string;
}

export async function askPredict(server: Server, number: number): Promise<PredictAnswer> {
  const answer = await fetch(`${server.url}/predict${query(number)}`, request(number));
  return { status: answer.status, text: await answer.text() };
}

/** @returns what is wrong with an answer; null where it is a result, or a refusal in words */
export function wrongInAnswer({ status, text }: PredictAnswer): string | null {
  if (status >= 500) return 'it is a fault of the server';
  const body = JSON.parse(text) as Record<string, unknown>;
  if (status !== 200) {
    return String(body['detail']).length > 10 ? null : 'it does not say what is wrong';
  }
  const segments = body['segments'] as { verdict: string; probability: number | null }[];
  if (segments.length === 0) return 'it has no segments';
  const isReadable = segments.some(({ verdict }) => verdict !== 'Unreadable');
  // What cannot be read is never called Normal.
  if (isReadable === (body['predicted_class'] === 'Unreadable')) return 'its class is wrong';
  return segments.every((s) => (s.verdict === 'Unreadable') === (s.probability === null))
    ? null
    : 'a probability is there where none can be';
}

function query(number: number): string {
  const random = seededRandom(number + 1e6);
  const pick = (values: readonly string[]): string =>
    values[integer(random, 0, values.length - 1)]!;
  const parts: string[] = [];
  if (random() < 0.3) parts.push(`format=${pick(['16', '212', '8', '0', '-1', '1e9', 'NaN', ''])}`);
  if (random() < 0.2) parts.push(`signals=${pick(['1', '3', '0', '1e6', '-2', '1.5'])}`);
  if (random() < 0.2) parts.push(`fs=${pick(['250', '0', '-1', 'Infinity', '1e-9', '1e12'])}`);
  if (random() < 0.2) parts.push(`gain=${pick(['100', '0', 'NaN', '1e300', '-5'])}`);
  if (random() < 0.2) parts.push(`lead=${pick(['0', '1', '99', '-1', 'x'])}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Multipart with one or both files damaged, bare bytes, or multipart that is itself damaged. */
function request(number: number): RequestInit {
  const random = seededRandom(number);
  const seed = seeds[number % seeds.length]!;
  const damaged = (name: string): Uint8Array => {
    const mutators = name.endsWith('.hea') ? TEXT_MUTATORS : BYTE_MUTATORS;
    const bytes = seed[name] ?? new Uint8Array(0);
    return random() < 0.6 ? mutate(bytes, random, mutators) : bytes;
  };
  const dat = damaged('r.dat');
  if (random() < 0.2) {
    return {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: dat as NonNullable<RequestInit['body']>,
    };
  }
  const parts = [part('file', 'r.dat', dat)];
  if (random() < 0.7) parts.unshift(part('header', 'r.hea', damaged('r.hea')));
  let body: Uint8Array = Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  if (random() < 0.2) body = mutate(body, random, BYTE_MUTATORS);
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: body as NonNullable<RequestInit['body']>,
  };
}

function part(field: string, name: string, bytes: Uint8Array): Buffer {
  const head = [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="${field}"; filename="${name}"`,
    'Content-Type: application/octet-stream',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
}
