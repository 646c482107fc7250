import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { runLoad } from './run-load';
import { startServe, type Served } from './start-serve';

/** `npm run load` in small: the built server under clients of which some err and some hang up. Needs a build; skipped without. */
const BUILT = existsSync(join(projectDir(), 'out/main/cli.js'));
let dir: string;
let server: Served;

beforeAll(async () => {
  if (!BUILT) return;
  dir = await mkdtemp(join(tmpdir(), 'fiducial-load-test-'));
  await mkdir(join(dir, 'tmp'));
  await writeSyntheticRecord(dir, {
    name: 'load',
    durationS: 20,
    rateHz: 360,
    leads: 2,
    seed: 1,
    format: 212,
  });
  server = await startServe({ TMPDIR: join(dir, 'tmp'), FIDUCIAL_HOME: join(dir, 'data') });
});
afterAll(async () => {
  if (!BUILT) return;
  if (server.ended() === null) await server.stop();
  await rm(dir, { recursive: true, force: true });
});

it.runIf(BUILT)(
  'answers every good request rightly, refuses every bad one, and leaves nothing behind',
  async () => {
    const result = await runLoad({
      url: server.url,
      clients: 24,
      durationS: 4,
      signal: await readFile(join(dir, 'load.dat')),
      query: '?gain=200&baseline=0',
    });
    expect(result.failures).toEqual([]);
    expect(result.good).toBeGreaterThan(0);
    expect(server.ended()).toBeNull();
    expect(await server.stop()).toBe('0');
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  },
  120_000,
);
