import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { driverStamp } from './driver-stamp';
import { createTrialMemory } from './trial-memory';
import type { Trial } from './trial-report';

const TRIALS: Trial[] = [
  {
    ...{ provider: 'cpu', outcome: 'agrees', available: true, maxDifference: 0, detail: null },
    segmentsPerSecond: 100,
  },
];

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-trials-'));
  path = join(dir, 'new', 'devices.json');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(dir, { recursive: true, force: true });
});

describe('createTrialMemory', () => {
  it('remembers by model, and only while the stamp is the same', async () => {
    const memory = createTrialMemory(path, async () => 'driver 1');
    expect(await memory.recall('a')).toBeNull();
    await memory.keep('a', TRIALS);
    await memory.keep('b', []);
    expect(await createTrialMemory(path, async () => 'driver 1').recall('a')).toEqual(TRIALS);
    expect(await createTrialMemory(path, async () => 'driver 2').recall('a')).toBeNull();
  });

  it('knows nothing where the file is damaged, and writes a whole one again', async () => {
    const memory = createTrialMemory(path, async () => 'x');
    await memory.keep('a', TRIALS);
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, -9));
    expect(await memory.recall('a')).toBeNull();
    await memory.keep('a', TRIALS);
    expect(await memory.recall('a')).toEqual(TRIALS);
  });

  it('says so where it cannot write, and goes on', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await writeFile(join(dir, 'file'), '');
    await createTrialMemory(join(dir, 'file', 'devices.json'), async () => 'x').keep('a', TRIALS);
    expect(said).toHaveBeenCalledOnce();
  });
});

describe('driverStamp', () => {
  it('is the same twice, and another with another driver', async () => {
    const before = await driverStamp();
    expect(await driverStamp()).toBe(before);
    const driver = join(dir, 'icd.json');
    vi.stubEnv('VK_ICD_FILENAMES', driver);
    const named = await driverStamp();
    expect(named).not.toBe(before);
    await writeFile(driver, '{}');
    expect(await driverStamp()).not.toBe(named);
  });
});
