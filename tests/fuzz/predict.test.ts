/**
 * Damaged uploads at the HTTP door: every one is answered within 2 s, with a result or a problem document, never
 * with 500. 100 seeded cases in an ordinary run; FIDUCIAL_FUZZ_CASES asks for more (a tenth of it here).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Server } from '../../src/server/start-server';
import { askPredict, startPredictServer, wrongInAnswer } from './predict-cases';
import { LIMIT_MS, timedCase } from './timed-case';

const CASES = Math.max(100, Math.floor(Number(process.env['FIDUCIAL_FUZZ_CASES'] ?? 0) / 10));

let dir: string;
let server: Server;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-fuzz-'));
  server = await startPredictServer(dir);
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
      const { answer, ms } = await timedCase(() => askPredict(server, number));
      const what = `case ${number}: ${answer.status} ${answer.text.slice(0, 300)}`;
      expect(ms, what).toBeLessThan(LIMIT_MS);
      expect(wrongInAnswer(answer), what).toBeNull();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
    expect(statuses.get(200) ?? 0).toBeGreaterThan(CASES / 50);
    expect(statuses.size).toBeGreaterThan(2);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    console.info('answers by status', Object.fromEntries(statuses));
  },
  60_000 + CASES * 100,
);
