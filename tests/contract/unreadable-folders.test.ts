/**
 * A folder that may not be read is named by every command, by the answer to the viewer's choice of a folder and by its scan;
 * what lies beside it is read. The superuser may read everything: as such, the commands run as somebody else.
 */
import { execFile, spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { BODY_TYPE } from '../../src/server/viewer/rpc';
import { decode, encode } from '../../src/shared/transport/codec';
import { BIN, IS_BUILT, ROOT, type Ended } from '../support/fiducial';

const IS_ROOT = process.getuid?.() === 0;
/** `nobody`, by custom. */
const NOBODY = 65_534;
const DEMO = join(ROOT, 'resources/demo');

let dir: string;
let home: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-unreadable-'));
  home = join(dir, 'home');
  for (const folder of ['home', 'given/open', 'given/within/shut'])
    await mkdir(join(dir, folder), { recursive: true });
  for (const folder of ['open', 'within/shut'])
    for (const file of ['demo.hea', 'demo.dat'])
      await copyFile(join(DEMO, file), join(dir, 'given', folder, file));
  await writeTestModel(join(dir, 'models'));
  await chmod(dir, 0o755);
  await chmod(home, 0o777);
  await chmod(join(dir, 'given/within/shut'), 0);
});
afterAll(async () => {
  await chmod(join(dir, 'given/within/shut'), 0o700);
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

const AS_SOMEBODY = IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};
/** Where somebody else may write too: the folder of temporary files may be this user's. */
const surroundings = (): NodeJS.ProcessEnv => ({
  ...{ ...process.env, HOME: home, FIDUCIAL_HOME: join(home, 'fiducial'), TMPDIR: home },
  // Which network answers is not asked, and the shipped one takes half a second to load.
  FIDUCIAL_MODELS: join(dir, 'models'),
});

const fiducial = (args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const options = { ...AS_SOMEBODY, env: surroundings() };
    execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? NaN) : 0, stdout, stderr }),
    );
  });

const canTry = IS_BUILT && process.platform !== 'win32';
describe.skipIf(!canTry)('a folder that may not be read', { timeout: 240_000 }, () => {
  it.each([
    ['scan', ['--out', '-']],
    ['detect', ['--out', 'beats']],
    ['convert', ['--to', 'wfdb', '--out', 'converted']],
  ])('is named by %s, which reads what lies beside it', async (command, rest) => {
    const named = rest.map((one) => (/^[a-z]{5,}$/.test(one) ? join(home, one) : one));
    const { code, stdout, stderr } = await fiducial([command, join(dir, 'given'), ...named]);
    expect(stderr).toContain('Folder given/within/shut may not be read');
    expect(code).toBe(1);
    expect(stdout).toMatch(/demo/);
  });

  it.each(['info', 'scan', 'findings'])('is named by %s that is given it', async (command) => {
    const out = command === 'scan' ? ['--out', '-'] : [];
    const { code, stderr } = await fiducial([command, join(dir, 'given/within/shut'), ...out]);
    expect({ code, told: /shut/.test(stderr) }).toEqual({ code: 1, told: true });
  });

  it('is named by the answer to the choice of a folder in the viewer, with what lies beside it', async () => {
    const args = ['serve', '--root', join(dir, 'given'), '--port', '0', '--quiet'];
    const env = {
      ...surroundings(),
      FIDUCIAL_TOKEN: 'a-token-of-this-test',
      FIDUCIAL_LOAD_AHEAD: '0',
    };
    const server = spawn(process.execPath, [BIN, ...args], { ...AS_SOMEBODY, env });
    try {
      const url = await new Promise<string>((found, failed) => {
        let text = '';
        server.stderr.on('data', (piece: Buffer) => (text += piece.toString()));
        server.once('exit', () => failed(new Error(`the server ended: ${text}`)));
        server.stdout.on('data', (piece: Buffer) => {
          text += piece.toString();
          const address = /http:\/\/[\d.]+:\d+/.exec(text);
          if (address) found(address[0]);
        });
      });
      const opened = await fetch(`${url}/?token=a-token-of-this-test`, { redirect: 'manual' });
      const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
      const answer = await fetch(`${url}/host/pick`, {
        method: 'POST',
        headers: { cookie, 'content-type': BODY_TYPE },
        body: encode({ kind: 'folder' }),
      });
      const admitted = decode(new Uint8Array(await answer.arrayBuffer()));
      expect(admitted).toMatchObject({
        ok: true,
        value: {
          entries: [{ name: 'demo' }],
          problems: [
            {
              code: 'not-readable',
              message: 'Folder given/within/shut may not be read; what lies in it was left out.',
              said: { key: 'warnings.folderUnreadable' },
            },
          ],
        },
      });
    } finally {
      server.kill();
    }
  });
});
