import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPython } from './python.mjs';

describe.skipIf(process.platform === 'win32')('findPython', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-python-'));
    vi.stubEnv('FIDUCIAL_PYTHON_FOUND', undefined);
    vi.stubEnv('FIDUCIAL_PYTHON', undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(dir, { recursive: true, force: true });
  });

  async function python(name: string, hasTorch: boolean): Promise<string> {
    const path = join(dir, name);
    const script = `#!/bin/sh\necho ${name} >> '${dir}/asked'\nexit ${hasTorch ? 0 : 1}\n`;
    await writeFile(path, script);
    await chmod(path, 0o755);
    return path;
  }
  const asked = async (): Promise<string[]> =>
    (await readFile(join(dir, 'asked'), 'utf8')).trim().split('\n');

  it('asks one that was found once, for this process and what it starts', async () => {
    const good = await python('good', true);
    vi.stubEnv('FIDUCIAL_PYTHON', good);
    expect([findPython(dir), findPython(dir)]).toEqual([good, good]);
    expect(await asked()).toEqual(['good']);
    expect(process.env['FIDUCIAL_PYTHON_FOUND']).toBe(good);
  });

  it('refuses one that is named and lacks PyTorch, every time and whatever was found before', async () => {
    const [good, bad] = [await python('good', true), await python('bad', false)];
    vi.stubEnv('FIDUCIAL_PYTHON', good);
    expect(findPython(dir)).toBe(good);
    vi.stubEnv('FIDUCIAL_PYTHON', bad);
    expect([findPython(dir), findPython(dir)]).toEqual([null, null]);
    expect(await asked()).toEqual(['good', 'bad', 'bad']);
  });
});
