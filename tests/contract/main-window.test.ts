import { statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../../src/core/processes/testing/test-record';
import type { Result } from '../../src/shared/domain';
import { CHANNELS } from '../../src/shared/transport/channels';
import { listenAsPage, type PageMessages } from './double/page-messages';
import { requireBuild } from './double/require-build';
import { startDouble, type Double } from './double/start-double';

/** What happens to the window and its page once they are there: the built main entry against the double. */
const URL_OF_VIEWER = 'fiducial://app/index.html';
let dir: string;
let double: Double;
let page: PageMessages;

beforeAll(async () => {
  await requireBuild();
  dir = await mkdtemp(join(tmpdir(), 'fiducial-window-'));
  await mkdir(join(dir, 'records'));
  const seconds = { seconds: 1800 };
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    await writeTestRecord(join(dir, 'records'), { name, ...seconds });
  }
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

async function open(): Promise<void> {
  double = await startDouble();
  page = listenAsPage(double);
  await double.told('load');
  double.send(CHANNELS.ready, undefined);
  await page.told('host.admitted');
}
/** For tests that leave the window as it was; the others start one each. */
function oneWindowForAll(): void {
  beforeAll(open);
  afterAll(() => double.close());
}
function oneWindowEach(): void {
  beforeEach(open);
  afterEach(() => double.close());
}

const call = (method: string, input: object, requestId = 1): Promise<unknown> =>
  double.invoke(CHANNELS.call, { method, input, requestId });

async function scan(): Promise<string> {
  const dropped = (await double.invoke(CHANNELS.dropped, [join(dir, 'records')])) as Result<{
    sourceIds: string[];
  }>;
  if (!dropped.ok) throw new Error(dropped.error.message);
  const started = await call('scan.start', {
    sourceIds: dropped.value.sourceIds,
    modelId: null,
  });
  expect(started).toMatchObject({ ok: true });
  return ((await page.told('scan.progress')) as { scanId: string }).scanId;
}

describe('a refused navigation', () => {
  oneWindowForAll();

  it('changes nothing: calls under way are answered, menu and files reach the page', async () => {
    const underWay = call('devices.list', {});
    expect(await double.navigate('https://example.org/', 'page')).toBe(false);
    expect(await underWay).toMatchObject({ ok: true });
    await double.clickMenu('Help', 'Keys');
    expect(await page.told('host.command')).toEqual({ command: 'show-keys' });
    double.emitApp('open-file', join(dir, 'records', 'a.hea'));
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'a' }] });
  });

  it('a load that was broken off is no failure', async () => {
    await double.emit('contents', 'did-fail-load', -3, 'ERR_ABORTED', URL_OF_VIEWER, true);
    await double.clickMenu('Help', 'Keys');
    expect(await page.told('host.command')).toEqual({ command: 'show-keys' });
  });
});

describe('a page that is loaded anew', () => {
  oneWindowForAll();

  it('hears of nothing until it listens again, and what the old one asked is void', async () => {
    const underWay = call('devices.list', {}, 7);
    await double.clickMenu('View', 'Reload');
    await double.told('load');
    expect(await underWay).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    double.emitApp('open-file', join(dir, 'records', 'a.hea'));
    // Would undo something that nobody sees.
    await double.clickMenu('Edit', 'Undo');
    await call('app.info', {}, 8);
    expect(page.names()).not.toContain('host.admitted');
    double.send(CHANNELS.ready, undefined);
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'a' }] });
    expect(page.names()).not.toContain('host.command');
  });
});

describe('a page whose process is gone', () => {
  oneWindowEach();

  it('is loaded again, and told why', async () => {
    await double.gone('crashed');
    expect((await double.told('load')).url).toBe(URL_OF_VIEWER);
    double.send(CHANNELS.ready, undefined);
    const failure = (await page.told('host.failed')) as { message: string };
    expect(failure.message).toContain('crashed');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
  });

  it('is not sent what the engine says meanwhile', async () => {
    await scan();
    await double.gone('oom');
    await double.told('load');
    expect(double.errors()).not.toContain('disposed');
  });

  it('twice in a row asks before it is loaded once more', async () => {
    await double.gone('crashed');
    await double.told('load');
    await double.gone('crashed');
    const box = await double.told('box');
    expect(box).toMatchObject({ buttons: ['Load it again', 'Quit'] });
    await double.answerBox(0);
    await double.told('load');
    await double.gone('crashed');
    await double.told('box');
    await double.answerBox(1);
    expect(await double.ended).toBe(1);
  });
});

describe('a page that never comes', () => {
  oneWindowForAll();

  it.each([
    ['did-fail-load', [-6, 'ERR_FILE_NOT_FOUND', URL_OF_VIEWER, true], 'ERR_FILE_NOT_FOUND'],
    ['preload-error', ['/app/preload.cjs', { message: 'no such thing' }], 'no such thing'],
  ])('because of %s says so, in a window', async (event, args, words) => {
    await double.emit('contents', event, ...args);
    expect((await double.told('box')).message).toContain(words);
    expect((await double.inspect()).visible).toBe(true);
    await double.answerBox(0);
    await double.told('load');
  });

  it('because it hangs may be waited for, or loaded again', async () => {
    await double.emit('window', 'unresponsive');
    expect((await double.told('box')).buttons).toEqual(['Wait', 'Load it again']);
    // It answers after all, which takes the question back.
    await double.emit('window', 'responsive');
    await expect(double.answerBox(0)).rejects.toThrow('no box');
    await double.emit('window', 'unresponsive');
    await double.told('box');
    await double.answerBox(1);
    expect((await double.told('load')).url).toBe(URL_OF_VIEWER);
  });
});

describe('closing', () => {
  oneWindowEach();

  it('asks nothing when nothing runs', async () => {
    await double.closeWindow();
    expect(await double.ended).toBe(0);
  });

  it.each(['closing the window', 'quitting'])('asks while a scan runs: %s', async (way) => {
    await scan();
    const { blockers } = await double.inspect();
    expect(blockers).toEqual(['prevent-app-suspension']);
    const leave = async (): Promise<void> =>
      way === 'quitting' ? double.emitApp('quit!') : double.closeWindow();
    await leave();
    const box = await double.told('box');
    expect(box.message).toMatch(/^A scan is running: \d+ of 6 recordings are done\. Quit/);
    expect(box.buttons).toEqual(['Keep working', 'Quit']);
    await double.answerBox(0);
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    await leave();
    await double.told('box');
    await double.answerBox(1);
    expect(await double.ended).toBe(0);
  });

  it('lets the machine sleep once the scan is over', async () => {
    await call('scan.cancel', { scanId: await scan() });
    await expect
      .poll(async () => (await double.inspect()).blockers, { timeout: 10_000 })
      .toEqual([]);
  });

  it('waits for what the page hands over and for its answer', async () => {
    const answered: string[] = [];
    double.onToPage((channel) => {
      if (channel !== CHANNELS.leaving) return;
      void call('settings.set', { readerName: 'A' }).then((answer) =>
        answered.push((answer as { ok: boolean }).ok ? 'answered' : 'refused'),
      );
      double.send(CHANNELS.handedOver, undefined);
    });
    await double.closeWindow();
    expect(await double.ended).toBe(0);
    expect(answered).toEqual(['answered']);
  });

  it('does not wait for ever for a page that hangs', async () => {
    const startMs = Date.now();
    await double.closeWindow();
    expect(await double.ended).toBe(0);
    expect(Date.now() - startMs).toBeLessThan(10_000);
  });
});

it('gives the engine time to bring the store into its one file', async () => {
  const profile = await mkdtemp(join(dir, 'profile-'));
  const bytes = (name: string): number =>
    statSync(join(profile, name), { throwIfNoEntry: false })?.size ?? 0;
  double = await startDouble({ profile });
  try {
    await double.told('load');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    expect(bytes('fiducial.db-wal')).toBeGreaterThan(0);
    double.emitApp('quit!');
    // A second wish to quit changes nothing.
    double.emitApp('quit!');
    await double.told('quit');
    expect(bytes('fiducial.db-wal')).toBe(0);
    expect(bytes('fiducial.db')).toBeGreaterThan(10_000);
    expect(await double.ended).toBe(0);
  } finally {
    await double.close();
  }
});

describe('an error that nobody caught', () => {
  oneWindowForAll();

  it('of V8 in an utility process is the end of that process and of nothing else', async () => {
    await double.breakDown('Fiducial engine');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    const engines = (await double.inspect()).children.filter(
      ({ serviceName }) => serviceName === 'Fiducial engine',
    );
    expect(engines).toHaveLength(2);
    expect(double.errors()).toContain('FatalError in v8::ToLocalChecked');
  });

  it('in the window’s process is told once and ends nothing', async () => {
    for (let i = 0; i < 2; i++) double.emitApp('open-file', 42);
    const box = await double.told('box');
    expect(box.message).toBe('Something went wrong in Fiducial.');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    await double.answerBox(0);
    await expect(double.answerBox(0)).rejects.toThrow('no box');
  });
});

describe('the menu', () => {
  oneWindowForAll();

  it('reaches the page by a key that the page did not take', async () => {
    expect(await double.press('Ctrl+Z')).toBe('Undo');
    expect(await page.told('host.command')).toEqual({ command: 'undo' });
  });

  it.each(['Ctrl+R', 'Ctrl+Shift+R', 'F5', 'Ctrl+W'])(
    'has nothing for %s, which would take a note that is being written',
    async (key) => {
      expect(await double.press(key)).toBeNull();
    },
  );

  it('shows the interface larger and smaller, and tells the page each time', async () => {
    expect(await page.told('host.zoom')).toEqual({ factor: 1 });
    for (const [key, factor] of [
      ['Ctrl+Plus', 1.1],
      ['Ctrl+=', 1.25],
      ['Ctrl+-', 1.1],
      ['Ctrl+0', 1],
    ] as const) {
      await double.press(key);
      expect(await page.told('host.zoom')).toEqual({ factor });
    }
    for (const factor of [0.9, 0.8, 0.8]) {
      await double.press('Ctrl+-');
      expect(await page.told('host.zoom')).toEqual({ factor });
    }
    // A new page knows nothing of it.
    await double.clickMenu('View', 'Reload');
    await double.told('load');
    double.send(CHANNELS.ready, undefined);
    expect(await page.told('host.zoom')).toEqual({ factor: 0.8 });
  });

  it('speaks the language of the settings, from the change on', async () => {
    await call('settings.set', { language: 'es' });
    await double.clickMenu('Ayuda', 'Teclas');
    expect(await page.told('host.command')).toEqual({ command: 'show-keys' });
    expect(await double.press('Ctrl+Z')).toBe('Deshacer');
    expect(await page.told('host.command')).toEqual({ command: 'undo' });
    await call('settings.set', { language: 'en' });
    expect(await double.press('Ctrl+Z')).toBe('Undo');
    expect(await page.told('host.command')).toEqual({ command: 'undo' });
  });

  it('has the keys that the reader chose, and follows none that could be typed', async () => {
    const menu = async (): Promise<string> => JSON.stringify((await double.inspect()).menu);
    expect(await menu()).toContain('"accelerator":"CmdOrCtrl+P"');
    await call('settings.set', { keys: { report: 'F9', nextEventInSegmentsNext: 'Shift J' } });
    expect(await double.press('F9')).toBe('Report…');
    expect(await page.told('host.command')).toEqual({ command: 'export-report' });
    expect(await double.press('Ctrl+P')).toBeNull();
    expect(await menu()).toContain('"accelerator":"Shift+J","registerAccelerator":false');
    expect(await double.press('Shift+J')).toBeNull();
    await call('settings.set', { keys: {} });
    expect(await double.press('Ctrl+P')).toBe('Report…');
    expect(await page.told('host.command')).toEqual({ command: 'export-report' });
  });

  it('and every box and dialog of the window speak it too', async () => {
    await call('settings.set', { language: 'es' });
    await double.emit('contents', 'context-menu', {
      editFlags: {},
      selectionText: '72 bpm',
      isEditable: false,
    });
    expect((await double.told('popup')).items).toEqual(['Copiar']);
    await double.invoke(CHANNELS.pick, 'record');
    const dialog = await double.told('open-dialog');
    expect(dialog.title).toBe('Abrir un registro');
    const names = dialog.filters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Registros', 'Archivo zip de registros']));
    expect(names.at(-1)).toBe('Todos los archivos');
    await double.emit('window', 'unresponsive');
    expect((await double.told('box')).buttons).toEqual(['Esperar', 'Volver a cargar']);
    await double.emit('window', 'responsive');
    await double.emit('contents', 'did-fail-load', -6, 'ERR', URL_OF_VIEWER, true);
    expect(await double.told('box')).toMatchObject({
      message: `No se ha podido cargar el visor (ERR: ${URL_OF_VIEWER}).`,
      detail: 'Lo que se mostró como guardado está guardado.',
      buttons: ['Volver a cargar', 'Salir'],
    });
    await double.answerBox(0);
    await double.told('load');
    double.send(CHANNELS.ready, undefined);
    await call('settings.set', { language: 'en' });
  });

  it('keeps an & of a file’s name', async () => {
    await mkdir(join(dir, 'a&b'), { recursive: true });
    const record = await writeTestRecord(join(dir, 'a&b'), { name: 'r', seconds: 20 });
    double.emitApp('open-file', record);
    await page.told('host.admitted');
    const menu = JSON.stringify((await double.inspect()).menu);
    expect(menu).toContain(`r.hea — ${join(dir, 'a&&b')}`);
  });

  it('of a text field is the system’s, and there is none on the paper', async () => {
    const flags = { canUndo: true, canRedo: false, canCut: true, canCopy: true, canPaste: true };
    const at = { editFlags: { ...flags, canSelectAll: true }, selectionText: '' };
    await double.emit('contents', 'context-menu', { ...at, isEditable: false });
    await double.emit('contents', 'context-menu', { ...at, isEditable: true });
    expect((await double.told('popup')).items).toEqual([
      'Undo',
      'Redo',
      'separator',
      'Cut',
      'Copy',
      'Paste',
      'separator',
      'Select all',
    ]);
    await double.emit('contents', 'context-menu', {
      ...at,
      isEditable: false,
      selectionText: '72 bpm',
    });
    expect((await double.told('popup')).items).toEqual(['Copy']);
  });
});
