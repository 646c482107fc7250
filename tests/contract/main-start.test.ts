import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../../src/core/processes/testing/test-record';
import type { ModelCard, RecordingEntry, Result } from '../../src/shared/domain';
import { CHANNELS } from '../../src/shared/transport/channels';
import { listenAsPage } from './double/page-messages';
import { requireBuild } from './double/require-build';
import { ROOT, startDouble, type Double, type DoubleOptions } from './double/start-double';

/** Every way to the first window, and every way to miss it. */
let dir: string;
let header: string;
const open: Double[] = [];

beforeAll(async () => {
  await requireBuild();
  dir = await mkdtemp(join(tmpdir(), 'fiducial-start-'));
  header = await writeTestRecord(dir, { seconds: 30 });
});
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

async function start(options: DoubleOptions = {}): Promise<Double> {
  const double = await startDouble(options);
  open.push(double);
  return double;
}

const call = async (double: Double, method: string, input: object): Promise<unknown> => {
  const answer = await double.invoke(CHANNELS.call, { method, input, requestId: 1 });
  return (answer as Result<unknown> & { value?: unknown }).value;
};

describe('a start that fails', () => {
  it.each([
    'session.defaultSession',
    'protocol.handle',
    'configureHostResolver',
    'utilityProcess.fork',
    'BrowserWindow',
  ])('at %s says so, gives the lock back and ends with 1', async (fail) => {
    const double = await start({ fail });
    const { message, detail } = await double.told('box');
    expect(message).toBe('Fiducial cannot start');
    expect(detail).toContain(`${fail} fails`);
    await double.told('lock-released');
    expect(await double.ended).toBe(1);
  });

  it('because its profile cannot be written says so instead of ending in silence', async () => {
    const file = join(dir, 'a-file');
    await writeFile(file, '');
    const double = await start({ env: { FIDUCIAL_HOME: file } });
    const window = join(file, 'window');
    expect((await double.told('box')).detail).toContain(`${window}: Fiducial cannot write`);
    expect(await double.ended).toBe(1);
  });

  it.runIf(process.platform !== 'win32')(
    'because another machine has the profile names that machine and the lock',
    async () => {
      const profile = join(dir, 'elsewhere');
      await mkdir(join(profile, 'window'), { recursive: true });
      await symlink('far-away-4711', join(profile, 'window', 'SingletonLock'));
      const double = await start({ profile, env: { FIDUCIAL_DOUBLE_SECOND: '1' } });
      const { detail } = await double.told('box');
      expect(detail).toContain('in use on the machine far-away');
      expect(detail).toContain(join(profile, 'window', 'SingletonLock'));
      expect(await double.ended).toBe(1);
    },
  );
});

describe('a second start', () => {
  it('ends with 0, and says on the terminal why there is no window', async () => {
    const profile = join(dir, 'shared');
    await mkdir(join(profile, 'window'), { recursive: true });
    await symlink(`${hostname()}-1`, join(profile, 'window', 'SingletonLock'));
    const double = await start({ profile, argv: [header], env: { FIDUCIAL_DOUBLE_SECOND: '1' } });
    expect(await double.ended).toBe(0);
    expect(double.errors()).toContain('open already');
  });

  it('opens its record here, also where only its arguments came through', async () => {
    const double = await start({ argv: [header] });
    const page = listenAsPage(double);
    await double.loaded;
    double.send(CHANNELS.ready, undefined);
    await page.told('host.admitted');
    double.emitApp('second-instance', ['electron', '.', 'spikes.hea'], dir, undefined);
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'spikes' }] });
  });
});

describe('a start without a record', () => {
  const profile = (): string => join(dir, 'kept');

  it('shows the demo at first', async () => {
    await mkdir(profile());
    const double = await start({ profile: profile() });
    const page = listenAsPage(double);
    await double.loaded;
    double.send(CHANNELS.ready, undefined);
    const { entries } = (await page.told('host.admitted')) as { entries: RecordingEntry[] };
    expect(entries.map(({ name }) => name)).toContain('demo');
    for (const { recordingId } of entries) await call(double, 'recordings.open', { recordingId });
    await double.invoke(CHANNELS.dropped, [header]);
  });

  it('leaves it at the last recording from then on, which the viewer opens again', async () => {
    const double = await start({ profile: profile() });
    const page = listenAsPage(double);
    await double.loaded;
    double.send(CHANNELS.ready, undefined);
    const { entries } = (await call(double, 'recordings.list', {})) as {
      entries: RecordingEntry[];
    };
    expect(entries.some(({ openedAtMs }) => openedAtMs !== null)).toBe(true);
    // By then the demo would have been brought in.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(page.names()).not.toContain('host.admitted');
  });

  it('keeps what was opened lately in the menu, and takes off what is gone', async () => {
    const double = await start({ profile: profile() });
    const page = listenAsPage(double);
    await double.loaded;
    double.send(CHANNELS.ready, undefined);
    await rm(header);
    await double.clickMenu('File', 'Open recent', `spikes.hea — ${dir}`);
    expect(await page.told('host.failed')).toMatchObject({ code: 'not-found' });
    await expect(double.clickMenu('File', 'Open recent', `spikes.hea — ${dir}`)).rejects.toThrow(
      'no menu item',
    );
  });
});

describe('a package', () => {
  it('takes its models and its demo from beside the asar, and knows no development server', async () => {
    const double = await start({
      packagedAt: join(ROOT, 'resources'),
      env: { ELECTRON_RENDERER_URL: 'http://localhost:5173/' },
    });
    const page = listenAsPage(double);
    expect(await double.loaded).toBe('fiducial://app/index.html');
    expect(await double.request('http://localhost:5173/')).toBeNull();
    double.send(CHANNELS.ready, undefined);
    const { entries } = (await page.told('host.admitted')) as { entries: RecordingEntry[] };
    expect(entries[0]!.folder).toContain('demo');
    const { models } = (await call(double, 'models.list', {})) as { models: ModelCard[] };
    expect(models.length).toBeGreaterThan(0);
  });

  it('reads its paths right after its own name', async () => {
    const record = await writeTestRecord(dir, { name: 'packaged', seconds: 20 });
    const double = await start({ packagedAt: join(ROOT, 'resources'), argv: [record] });
    const page = listenAsPage(double);
    await double.loaded;
    double.send(CHANNELS.ready, undefined);
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'packaged' }] });
  });

  it('without models and demo still has a window', async () => {
    const double = await start({ packagedAt: dir });
    await double.loaded;
    expect((await double.inspect()).visible).toBe(true);
  });
});

it('asks nobody anything by itself: no name, no dictionary, no secure DNS, no proxy', async () => {
  const double = await start();
  await double.loaded;
  expect((await double.inspect()).asks).toEqual({
    switches: { 'host-resolver-rules': 'MAP * ~NOTFOUND' },
    spellCheckerLanguages: [],
    resolver: { secureDnsMode: 'off', enableBuiltInResolver: false },
    proxy: { mode: 'direct' },
  });
});

it('in development the one name that is resolved is the development server’s', async () => {
  const double = await start({ env: { ELECTRON_RENDERER_URL: 'http://localhost:5173/' } });
  expect(await double.loaded).toBe('http://localhost:5173/');
  const { asks } = await double.inspect();
  expect(asks.switches['host-resolver-rules']).toBe('MAP * ~NOTFOUND, EXCLUDE localhost');
});
