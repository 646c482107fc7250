import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aptInstaller, type Apt } from './apt.mjs';
import { findChromium } from './chromium.mjs';
import { ensureTools, type Tool } from './ensure-tools.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-tools-'));
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

async function command(name: string, script = ''): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('findChromium', () => {
  const where = (env: Record<string, string>, own = join(dir, 'none')) => ({
    env: { PATH: dir, ...env },
    platform: 'linux',
    own,
  });

  it('takes the one that is named, then Playwright’s own, then one of the path', async () => {
    expect(findChromium(where({}))).toBeNull();
    const edge = await command('microsoft-edge');
    expect(findChromium(where({}))).toBe(edge);
    const chrome = await command('google-chrome');
    expect(findChromium(where({}))).toBe(chrome);
    const chromium = await command('chromium');
    expect(findChromium(where({}))).toBe(chromium);
    const own = await command('playwrights-own');
    expect(findChromium(where({}, own))).toBe(own);
    expect(findChromium(where({ FIDUCIAL_CHROMIUM: '/my/own' }, own))).toBe('/my/own');
  });

  it('is none where none is wanted', async () => {
    await command('chromium');
    expect(findChromium(where({ FIDUCIAL_CHROMIUM: 'none' }))).toBeNull();
  });
});

describe('ensureTools', () => {
  const noApt: Apt = { may: async () => false, installer: () => null };
  let said: string[];
  let present: boolean;
  beforeEach(() => {
    said = [];
    present = false;
  });
  const tool = (more: Partial<Tool> = {}): Tool => ({
    name: 'Lens',
    uses: 'the tests that look',
    named: 'FIDUCIAL_LENS',
    find: () => (present ? '/bin/lens' : null),
    ...more,
  });
  const ensure = async (tools: Tool[], env: Record<string, string> = {}, apt = noApt) =>
    (await ensureTools({ tools, env, apt, log: (line) => said.push(line) }))[0]!;

  it('installs nothing where the tool is there', async () => {
    present = true;
    const install = (): never => expect.unreachable();
    expect(await ensure([tool({ install })])).toMatchObject({ path: '/bin/lens' });
    expect(said).toEqual(['fiducial: Lens: /bin/lens']);
  });

  it('uses the tool’s own installer, then the package manager, until it starts', async () => {
    const order: string[] = [];
    const own = async (): Promise<string> => (order.push('own'), 'its host is away');
    const apt: Apt = {
      may: async () => true,
      installer: () => async () => (order.push('apt'), (present = true), null),
    };
    expect(await ensure([tool({ install: own })], {}, apt)).toMatchObject({ path: '/bin/lens' });
    expect(order).toEqual(['own', 'apt']);
  });

  it('says what was tried in vain, and what will be skipped', async () => {
    const install = async (): Promise<string> => 'its host is away';
    const apt: Apt = { may: async () => false, installer: () => async () => 'no root' };
    const found = await ensure([tool({ install })], {}, apt);
    expect(found).toMatchObject({ path: null, reason: 'its host is away; no root' });
    expect(said.at(-1)).toBe(
      'fiducial: Lens: none, since its host is away; no root: the tests that look will be skipped',
    );
  });

  it('does not take one that is found and does not start', async () => {
    present = true;
    const found = await ensure([tool({ whyNotStarted: async () => 'a snap is wanted' })]);
    expect(found.path).toBeNull();
  });

  it('refuses a named one that does not start, and installs nothing beside it', async () => {
    const install = (): never => expect.unreachable();
    const found = await ensure([tool({ install })], { FIDUCIAL_LENS: '/x' });
    expect(found).toMatchObject({ refused: true, reason: 'FIDUCIAL_LENS=/x does not start' });
    const none = await ensure([tool({ install })], { FIDUCIAL_LENS: 'none' });
    expect(none.refused).toBeUndefined();
  });

  it('installs nothing where that is refused', async () => {
    const install = (): never => expect.unreachable();
    const found = await ensure([tool({ install })], { FIDUCIAL_NO_INSTALL: '1' });
    expect(found.reason).toBe('FIDUCIAL_NO_INSTALL is set');
  });
});

describe.skipIf(process.platform === 'win32')('aptInstaller', () => {
  const lens = { name: 'Lens', uses: '', find: () => null, packages: ['lens', 'lens-data'] };
  let ran: string[];
  let said: string[];
  beforeEach(async () => {
    ran = [];
    said = [];
    await command('apt-get');
  });
  const apt = (options: object): Apt =>
    aptInstaller({
      env: { PATH: dir },
      log: (line) => said.push(line),
      uid: 0,
      isTerminal: true,
      ask: () => expect.unreachable(),
      run: async (argv) => {
        ran.push(argv.join(' '));
        return { code: 0, output: 'Need to get 117 MB of archives.' };
      },
      ...options,
    });

  it('is told to as root, after the size is said', async () => {
    expect(await apt({}).installer(lens)!()).toBeNull();
    expect(said).toEqual([
      'fiducial: installing lens and lens-data with apt-get' +
        ' (117 MB to fetch, can take minutes; FIDUCIAL_NO_INSTALL=1 refuses)…',
    ]);
    expect(ran.at(-1)).toMatch(
      /^env .*apt-get -y .*install --no-install-recommends lens lens-data$/,
    );
  });

  it('asks a person at a terminal once before it uses sudo, and takes silence for a no', async () => {
    await command('sudo', 'exit 0');
    let asked = 0;
    const declined = apt({ uid: 1000, ask: async () => (asked++, false) });
    expect(await declined.installer(lens)!()).toBe('its installation was declined');
    expect(await declined.installer(lens)!()).toBe('its installation was declined');
    expect([asked, ran]).toEqual([1, []]);
    const agreed = apt({ uid: 1000, ask: async () => true });
    expect(await agreed.installer(lens)!()).toBeNull();
    expect(ran.every((line) => line.startsWith('sudo -n '))).toBe(true);
  });

  it('does not try without root and without a sudo that needs no password', async () => {
    await command('sudo', 'exit 1');
    expect(await apt({ uid: 1000 }).installer(lens)!()).toMatch(/neither root nor sudo/);
    expect(ran).toEqual([]);
  });

  it('says what apt-get said when it fails', async () => {
    const run = async () => ({ code: 100, output: 'E: Unable to locate package lens\n' });
    expect(await apt({ run }).installer(lens)!()).toBe('apt-get: Unable to locate package lens');
  });
});
