/**
 * Damaged uploads at the HTTP door: every one is answered within 2 s, with a result or a problem document, never
 * with 500. 100 seeded cases in an ordinary run; FIDUCIAL_FUZZ_CASES asks for more (a tenth of it here).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createModels } from '../../src/core/analysis/models';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { openRecording } from '../../src/core/formats/list';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { startServer, type Server } from '../../src/server/start-server';
import { corpus } from './corpus';
import { BYTE_MUTATORS, mutate, TEXT_MUTATORS } from './mutate';
import { LIMIT_MS, timedCase } from './timed-case';

const CASES = Math.max(100, Math.floor(Number(process.env['FIDUCIAL_FUZZ_CASES'] ?? 0) / 10));
const BOUNDARY = 'fuzz-boundary';

const seeds = corpus();
let dir: string;
let server: Server;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-fuzz-'));
  await writeTestModel(join(dir, 'models'));
  const engine = {
    pool: createInlinePool(),
    inference: createFakeInference(() => 0.2),
    models: createModels(join(dir, 'models'), () => null),
    recordings: createRecordingCache(openRecording),
    settings: () => OUR_SETTINGS,
  };
  server = await startServer({
    address: '127.0.0.1',
    port: 0,
    token: null,
    version: '0',
    viewer: null,
    engine: () => engine,
  });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

it(
  `answers ${CASES} damaged uploads`,
  async () => {
    const statuses = new Map<number, number>();
    for (let number = 0; number < CASES; number++) {
      const { answer, ms } = await timedCase(async () => {
        const response = await fetch(`${server.url}/predict${query(number)}`, request(number));
        return { status: response.status, text: await response.text() };
      });
      const { status, text } = answer;
      const what = `case ${number}: ${status} ${text.slice(0, 300)}`;
      expect(ms, what).toBeLessThan(LIMIT_MS);
      expect(status, what).toBeLessThan(500);
      const body = JSON.parse(text) as Record<string, unknown>;
      if (status === 200) expectAnswer(body, what);
      else expect(String(body['detail']).length, what).toBeGreaterThan(10);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(200) ?? 0).toBeGreaterThan(CASES / 50);
    expect(statuses.size).toBeGreaterThan(2);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    console.info('answers by status', Object.fromEntries(statuses));
  },
  60_000 + CASES * 100,
);

/** What cannot be read is never called Normal. */
function expectAnswer(body: Record<string, unknown>, what: string): void {
  const segments = body['segments'] as { verdict: string; probability: number | null }[];
  const readable = segments.filter(({ verdict }) => verdict !== 'Unreadable');
  expect(segments.length, what).toBeGreaterThan(0);
  if (readable.length === 0) expect(body['predicted_class'], what).toBe('Unreadable');
  else expect(body['predicted_class'], what).not.toBe('Unreadable');
  expect(segments.every((s) => (s.verdict === 'Unreadable') === (s.probability === null))).toBe(
    true,
  );
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
