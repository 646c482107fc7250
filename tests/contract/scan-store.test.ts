/** What the command line's scan leaves in the store, as the viewer meets it. Needs `npm run build`; skipped without. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { createService } from '../../src/core/service';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { ScanRow } from '../../src/shared/contract';
import { valueOf } from '../../src/shared/domain/testing/value-of';

const ROOT = resolve(import.meta.dirname, '../..');
const BUILT = existsSync(join(ROOT, 'out/main/cli.js'));
const context = { signal: new AbortController().signal };

let dir: string;
let records: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-scan-store-'));
  records = join(dir, 'records');
  await mkdir(records);
  for (const ending of ['hea', 'dat']) {
    await copyFile(join(ROOT, `resources/demo/demo.${ending}`), join(records, `demo.${ending}`));
  }
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

function scan(...options: string[]): Promise<{ code: number; stderr: string }> {
  const args = ['scan', records, '--out', join(dir, 'rows.jsonl'), ...options];
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(ROOT, 'bin/fiducial.mjs'), ...args],
      { env: { ...process.env, FIDUCIAL_HOME: join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu' } },
      (error, _, stderr) => done({ code: error ? Number(error.code ?? NaN) : 0, stderr }),
    );
  });
}

async function rows(): Promise<ScanRow[]> {
  const text = await readFile(join(dir, 'rows.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ScanRow);
}

describe.skipIf(!BUILT)('a scan on the command line', { timeout: 120_000 }, () => {
  it('leaves analyses that the viewer opens without analysing again', async () => {
    expect(await scan()).toMatchObject({ code: 0 });
    const [row] = await rows();
    const inference = createFakeInference(() => 0.5);
    const service = valueOf(
      await createService({
        pool: createInlinePool(),
        inference,
        dataDir: join(dir, 'home'),
        modelsDir: join(ROOT, 'resources/models'),
        host: 'browser',
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
    try {
      const { handlers } = service;
      const [entry] = valueOf(await handlers['recordings.list']({}, context)).entries;
      expect(entry).toMatchObject({ name: 'demo', state: 'analysed' });
      const { recordingId } = entry!;
      const started = valueOf(
        await handlers['analysis.start']({ recordingId, modelId: null, lead: null }, context),
      );
      expect(started).toMatchObject({ state: 'done', modelId: row!.model, lead: row!.lead });
      const { analysisId } = started;
      const found = valueOf(await handlers['analysis.findings']({ analysisId }, context));
      expect(found.findings).toEqual(row!.findings);
      expect(found.heartRate).toEqual(row!.heartRate);
      expect(inference.batches).toEqual([]);
    } finally {
      await service.close();
    }
  });

  it('goes on where the store cannot be opened, and says that nothing is kept', async () => {
    await mkdir(join(dir, 'home', 'fiducial.db'), { recursive: true });
    await writeFile(join(dir, 'home', 'fiducial.db', 'in-the-way'), '');
    const { code, stderr } = await scan();
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /The store .*fiducial\.db cannot be opened: .* What is found is not kept/,
    );
    expect((await rows())[0]).toMatchObject({ record: 'demo', durationS: 600 });
  });

  it('keeps nothing where nothing is to be kept', async () => {
    expect(await scan('--no-store')).toMatchObject({ code: 0 });
    expect(await rows()).toHaveLength(1);
    const kept = existsSync(join(dir, 'home')) ? await readdir(join(dir, 'home')) : [];
    expect(kept.filter((name) => name.startsWith('fiducial.db'))).toEqual([]);
  });
});
