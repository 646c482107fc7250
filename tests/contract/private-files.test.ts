/** Who may read what the viewer keeps. Needs `npm run build`; skipped without, and where files have no modes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { startViewer, type ViewerClient } from '../soak/viewer-client';

const ROOT = resolve(import.meta.dirname, '../..');
const CAN_RUN = existsSync(join(ROOT, 'out/main/cli.js')) && platform() !== 'win32';

let dir: string;
let viewer: ViewerClient;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-private-'));
  await writeTestModel(join(dir, 'models'));
});
afterEach(async () => {
  await viewer?.end();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(!CAN_RUN)('what the viewer keeps', { timeout: 120_000 }, () => {
  it('is readable by its owner alone: store, log, documents, drops', async () => {
    const home = join(dir, 'home');
    await cp(join(ROOT, 'resources/demo'), join(dir, 'records'), { recursive: true });
    viewer = await startViewer(['--quiet', '--root', join(dir, 'records')], {
      FIDUCIAL_HOME: home,
      // Which network answers is not asked, and the shipped one takes half a second to load.
      FIDUCIAL_MODELS: join(dir, 'models'),
      TMPDIR: dir,
    });
    const picked = await viewer.pick();
    if (!picked.ok) throw new Error(picked.error.message);
    const { recordingId } = picked.value.entries[0]!;
    const started = await viewer.call('analysis.start', { recordingId, modelId: null, lead: null });
    if (!started.ok) throw new Error(started.error.message);
    const { analysisId } = started.value;
    await expect
      .poll(async () => viewer.call('analysis.status', { analysisId }), { timeout: 90_000 })
      .toMatchObject({ value: { state: 'done' } });
    for (const made of [
      await viewer.call('annotations.write', { analysisId }),
      await viewer.call('review.export', { analysisId, form: 'review-json' }),
    ]) {
      expect(made).toMatchObject({ ok: true });
    }
    const open: string[] = [];
    const names = [home];
    for (const entry of await readdir(home, { recursive: true })) names.push(join(home, entry));
    for (const entry of await readdir(dir)) {
      if (entry.startsWith('fiducial-drop')) names.push(join(dir, entry));
    }
    for (const name of names) if (((await stat(name)).mode & 0o077) !== 0) open.push(name);
    expect(names.length).toBeGreaterThan(6);
    expect(open).toEqual([]);
  });

  it('does not open what a link below its root leads to, nor hand out a pixel of it', async () => {
    await mkdir(join(dir, 'records'));
    await mkdir(join(dir, 'elsewhere'));
    await cp(join(ROOT, 'resources/demo'), join(dir, 'elsewhere'), { recursive: true });
    await cp(join(ROOT, 'resources/demo/demo.hea'), join(dir, 'records/demo.hea'));
    await symlink(join(dir, 'elsewhere/demo.dat'), join(dir, 'records/demo.dat'));
    viewer = await startViewer(['--quiet', '--root', join(dir, 'records')], {
      FIDUCIAL_HOME: join(dir, 'home'),
      FIDUCIAL_MODELS: join(dir, 'models'),
    });
    const picked = await viewer.pick();
    if (!picked.ok) throw new Error(picked.error.message);
    const { recordingId } = picked.value.entries[0]!;
    const view = { leads: [0], startS: 0, endS: 5, widthPx: 500, filter: 'raw' as const };
    for (const answer of [
      await viewer.call('recordings.open', { recordingId }),
      await viewer.call('traces.tile', { recordingId, ...view }),
      await viewer.call('analysis.start', { recordingId, modelId: null, lead: null }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
  });

  it('is one reader’s: two servers in one browser keep apart, and another user of the machine gets nothing', async () => {
    await mkdir(join(dir, 'records'));
    // What keeps others out has to be ours, not the folder that this test made.
    await chmod(dir, 0o755);
    const start = (name: string): Promise<ViewerClient> =>
      startViewer(['--quiet', '--root', join(dir, 'records')], {
        FIDUCIAL_HOME: join(dir, name),
        FIDUCIAL_MODELS: join(dir, 'models'),
        TMPDIR: dir,
      });
    viewer = await start('home');
    const second = await start('second');
    try {
      const ask = (of: ViewerClient, cookie: string): Promise<number> =>
        fetch(`${of.url}/rpc/settings.get`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/x-fiducial' },
        }).then(({ status }) => status);
      // A browser sends the cookies of a host to each of its ports.
      const jar = `${viewer.cookie}; ${second.cookie}`;
      expect(await Promise.all([ask(viewer, jar), ask(second, jar)])).toEqual([200, 200]);
      expect(await ask(viewer, second.cookie)).toBe(401);
      expect(await ask(second, viewer.cookie)).toBe(401);
      for (const reader of ['A', 'B']) {
        const of = reader === 'A' ? viewer : second;
        expect(await of.call('settings.set', { readerName: reader })).toMatchObject({ ok: true });
      }
      expect(await viewer.call('settings.get', {})).toMatchObject({ value: { readerName: 'A' } });
      if (process.getuid?.() !== 0) return;
      const script = `
        const { readFileSync, readdirSync } = require('node:fs');
        const tried = (work) => { try { work(); return 'read'; } catch ({ code }) { return code; } };
        const home = ${JSON.stringify(join(dir, 'home'))};
        const answers = [tried(() => readdirSync(home)), tried(() => readFileSync(home + '/fiducial.db'))];
        fetch(${JSON.stringify(`${viewer.url}/`)}).then(({ status, headers }) =>
          console.log(JSON.stringify([...answers, status, headers.get('set-cookie')])));`;
      const other = spawnSync(process.execPath, ['-e', script], { uid: 65534, gid: 65534 });
      expect(JSON.parse(other.stdout.toString())).toEqual(['EACCES', 'EACCES', 401, null]);
    } finally {
      await second.end();
    }
  });
});
