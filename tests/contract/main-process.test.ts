import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTestRecord } from '../../src/core/processes/testing/test-record';
import { RecordingEntry, RecordingInfo, type AnalysisStatus } from '../../src/shared/domain';
import { DocumentRef, METHODS } from '../../src/shared/contract';
import { CHANNELS } from '../../src/shared/transport/channels';
import { listenAsPage, type PageMessages } from './double/page-messages';
import { requireBuild } from './double/require-build';
import { OWN_PAGE, ROOT, startDouble, type Double } from './double/start-double';

/** The built main entry against the double of Electron (`double/electron.mjs`), with real child processes. */
let dir: string;
let header: string;
let double: Double;
let page: PageMessages;

beforeAll(async () => {
  await requireBuild();
  dir = await mkdtemp(join(tmpdir(), 'fiducial-contract-'));
  header = await writeTestRecord(dir, { seconds: 60 });
  double = await startDouble({ argv: [header] });
  page = listenAsPage(double);
  await double.loaded;
});
afterAll(async () => {
  await double.close();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

type Answer = { ok: boolean; value?: never; error?: { code: string; message: string } };
const call = async (method: string, input: unknown, from = OWN_PAGE): Promise<Answer> =>
  (await double.invoke(CHANNELS.call, { method, input, requestId: 1 }, from)) as Answer;

describe('the window', () => {
  it('is sandboxed, isolated and loads the app’s own scheme', async () => {
    expect(await double.loaded).toBe('fiducial://app/index.html');
    const { window, schemes } = await double.inspect();
    expect(window!.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window).toMatchObject({ minWidth: 1024, minHeight: 700 });
    if (process.platform === 'linux') expect(existsSync(window!.icon!)).toBe(true);
    // Size and place come back by Electron's own means.
    expect(window).toMatchObject({ name: 'viewer', windowStatePersistence: true });
    expect(schemes).toEqual([
      {
        scheme: 'fiducial',
        privileges: { standard: true, secure: true, supportFetchAPI: true },
      },
    ]);
    const preload = String(window!.webPreferences['preload']);
    expect(preload).toMatch(/index\.cjs$/);
    expect(existsSync(preload)).toBe(true);
  });

  it('lets the page go nowhere and ask for nothing', async () => {
    for (const event of [
      'will-navigate',
      'will-redirect',
      'will-frame-navigate',
      'will-attach-webview',
    ]) {
      expect(await double.page(event, 'https://example.org/')).toBe(true);
    }
    expect(await double.page('will-navigate', 'fiducial://app/other.html')).toBe(true);
    expect(await double.page('will-frame-navigate', 'blob:fiducial://app/1')).toBe(false);
    const { windowOpen, permissions } = await double.inspect();
    expect(windowOpen).toEqual({ action: 'deny' });
    // Copy in the record details writes to the clipboard; nothing reads it.
    const write = 'clipboard-sanitized-write';
    expect(permissions).toEqual({
      given: [`viewer request ${write}`, `viewer check ${write}`],
      device: false,
    });
  });

  it('listens to the bridge’s channels and no other', async () => {
    const { handlers, listeners } = await double.inspect();
    const { call, pick, dropped, save, drag, cancel, ready, handedOver } = CHANNELS;
    expect(handlers.sort()).toEqual([call, dropped, pick, save].sort());
    expect(listeners.sort()).toEqual([cancel, drag, handedOver, ready].sort());
  });
});

describe('the scheme', () => {
  it('serves the viewer with a strict content security policy', async () => {
    const served = (await double.request('fiducial://app/index.html'))!;
    expect(served.status).toBe(200);
    expect(new TextDecoder().decode(served.body)).toContain('<div id="app">');
    const policy = served.headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(served.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    'fiducial://app/../../package.json',
    'fiducial://app/%2e%2e/%2e%2e/package.json',
    'fiducial://app/..%2f..%2fpackage.json',
    'fiducial://app/%00',
    'fiducial://app/%ff',
    'fiducial://other/index.html',
    'fiducial://app/',
  ])('answers %s with the page or nothing', async (url) => {
    const served = (await double.request(url))!;
    if (url === 'fiducial://app/') expect(served.status).toBe(200);
    else expect(served.status).toBe(404);
  });

  it('serves nothing but GET, and no request leaves the app', async () => {
    expect((await double.request('fiducial://app/index.html', 'POST'))!.status).toBe(404);
    expect(await double.request('https://example.org/')).toBeNull();
  });
});

describe('the door', () => {
  it.each([
    ['another origin', { ...OWN_PAGE, url: 'https://example.org/' }],
    ['another host of our scheme', { ...OWN_PAGE, url: 'fiducial://evil/index.html' }],
    ['a look-alike', { ...OWN_PAGE, url: 'https://fiducial//app' }],
    ['a frame inside the page', { ...OWN_PAGE, top: false }],
    ['another window', { ...OWN_PAGE, ownWindow: false }],
    ['a frame that is gone', { ...OWN_PAGE, url: '' }],
    ['a data page', { ...OWN_PAGE, url: 'data:text/html,x' }],
  ])('refuses %s', async (_name, from) => {
    const answer = await call('app.info', {}, from);
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const dropped = await double.invoke(CHANNELS.dropped, [header], from);
    expect(dropped).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it.each([
    ['nothing', undefined],
    ['text', 'app.info'],
    ['no request id', { method: 'app.info', input: {} }],
    ['a request id that is no number', { method: 'app.info', input: {}, requestId: '1' }],
    ['an unknown method', { method: 'process.exit', input: {}, requestId: 1 }],
    ['a missing field', { method: 'recordings.open', input: {}, requestId: 1 }],
    [
      'a path instead of an id',
      { method: 'recordings.open', input: { path: '/etc' }, requestId: 1 },
    ],
  ])('refuses %s as a call', async (_name, input) => {
    const answer = await double.invoke(CHANNELS.call, input);
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it('refuses paths that are none', async () => {
    for (const paths of [null, '/etc', [1], new Array(1001).fill('x')]) {
      const answer = await double.invoke(CHANNELS.dropped, paths);
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    }
  });

  it('survives a cancel for nothing, of any shape', async () => {
    for (const id of [99, 'x', null, {}, -1]) double.send(CHANNELS.cancel, id);
    expect(await call('app.info', {})).toMatchObject({ ok: true, value: { host: 'electron' } });
  });
});

describe('records', () => {
  it('from the command line wait until the page listens, and open', async () => {
    double.send(CHANNELS.ready, undefined);
    const { entries } = (await page.told('host.admitted')) as { entries: RecordingEntry[] };
    expect(entries.map(({ name }) => name)).toEqual(['spikes']);
    const { recordingId } = RecordingEntry.parse(entries[0]);
    const opened = await call('recordings.open', { recordingId });
    expect(RecordingInfo.parse(opened.value).durationS).toBe(60);
    const tile = await call('traces.tile', {
      recordingId,
      leads: [0],
      startS: 0,
      endS: 10,
      widthPx: 1000,
      filter: 'raw',
    });
    const { leads } = METHODS['traces.tile'].output.parse(tile.value);
    expect(leads[0]!.values).toBeInstanceOf(Float32Array);
    expect(Math.max(...leads[0]!.values)).toBeCloseTo(1.1, 1);
  });

  it('come from the dialog, and are remembered for the menu', async () => {
    const second = await writeTestRecord(dir, { name: 'second', seconds: 20 });
    double.answerDialogs([second]);
    const picked = (await double.invoke(CHANNELS.pick, 'record')) as Answer;
    expect(picked).toMatchObject({ ok: true, value: { entries: [{ name: 'second' }] } });
    const { filters } = await double.told('open-dialog');
    expect(filters[0]!.extensions).toEqual(expect.arrayContaining(['hea', 'edf', 'dcm', 'scp']));
    expect(filters.at(-1)!.extensions).toEqual(['*']);
    double.answerDialogs([]);
    expect(await double.invoke(CHANNELS.pick, 'folder')).toEqual({
      ok: true,
      value: { entries: [], sourceIds: [] },
    });
    expect((await double.inspect()).recent).toContain(second);
    await double.clickMenu('File', 'Open recent', `second.hea — ${dir}`);
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'second' }] });
  });

  it('come from the system and from a second start', async () => {
    double.emitApp('open-file', header);
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'spikes' }] });
    double.emitApp('second-instance', [], '/', { paths: [header] });
    expect(await page.told('host.admitted')).toMatchObject({ entries: [{ name: 'spikes' }] });
  });

  it('that do not exist are reported to the page', async () => {
    double.emitApp('open-file', join(dir, 'nowhere.hea'));
    expect(await page.told('host.failed')).toMatchObject({ code: 'not-found' });
  });

  it('dropped as a folder hand out a source for a scan', async () => {
    const answer = (await double.invoke(CHANNELS.dropped, [dir])) as Answer;
    expect(answer).toMatchObject({ ok: true });
    expect(answer.value!['sourceIds']).toHaveLength(1);
  });
});

describe('the menu', () => {
  it('passes its commands to the page', async () => {
    await double.clickMenu('Help', 'Keys');
    expect(await page.told('host.command')).toEqual({ command: 'show-keys' });
  });
});

describe('processes', () => {
  it('are an engine and, once a model runs, an inference process; a killed engine is replaced', async () => {
    const engines = async (): Promise<number[]> =>
      (await double.inspect()).children
        .filter(({ serviceName }) => serviceName === 'Fiducial engine')
        .map(({ pid }) => pid);
    const [first] = await engines();
    process.kill(first!, 'SIGKILL');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    expect(await engines()).toHaveLength(2);
    // Electron's polite end would never reach one that is stopped.
    process.kill((await engines())[1]!, 'SIGSTOP');
    expect(await call('app.info', {})).toMatchObject({ ok: true });
    expect(await engines()).toHaveLength(3);
    expect(double.errors()).toMatch(/it had not answered for \d+ s, since somebody had stopped/);
  });
});

describe('saving a document', { timeout: 120_000 }, () => {
  let document: { documentId: string; suggestedName: string };

  it('needs one that core made', async () => {
    const unknown = { documentId: 'no', suggestedName: 'x', mediaType: 'x/y', bytes: 1 };
    double.answerDialogs([join(dir, 'saved')]);
    expect(await double.invoke(CHANNELS.save, unknown)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(existsSync(join(dir, 'saved'))).toBe(false);
  });

  it('copies it whole to where the person says', async () => {
    const { entries } = (await call('recordings.list', {})).value!;
    const { recordingId } = (entries as RecordingEntry[]).find(({ name }) => name === 'spikes')!;
    const start = { recordingId, modelId: null, lead: null };
    let status = (await call('analysis.start', start)).value!;
    const { analysisId } = status as AnalysisStatus;
    while (['queued', 'running'].includes((status as AnalysisStatus).state)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      status = (await call('analysis.status', { analysisId })).value!;
    }
    expect(status).toMatchObject({ state: 'done', message: null });

    const written = await call('report.create', {
      analysisId,
      paper: 'A4',
      identity: true,
      reader: '',
    });
    expect(written).toMatchObject({ ok: true });
    document = DocumentRef.parse(written.value);
    const target = join(dir, 'saved.pdf');
    double.answerDialogs([target]);
    expect(await double.invoke(CHANNELS.save, document)).toEqual({
      ok: true,
      value: { saved: true },
    });
    expect((await stat(target)).size).toBe((document as { bytes?: number }).bytes);
  });

  it('is shown to the page as what it is, and no other file of its folder', async () => {
    const served = (await double.request(`fiducial://app/documents/${document.documentId}`))!;
    expect(served.status).toBe(200);
    expect(served.headers['content-type']).toBe('application/pdf');
    expect(new TextDecoder().decode(served.body.subarray(0, 5))).toBe('%PDF-');
    for (const path of ['unknown', `${document.documentId}/x`, '..%2f..%2fpackage.json', '']) {
      const refused = (await double.request(`fiducial://app/documents/${path}`))!;
      expect(refused.status).toBe(404);
    }
  });

  it('may be dragged out of the window as the file that it is, and nothing else may', async () => {
    double.send(CHANNELS.drag, { ...document, documentId: '../../etc' });
    double.send(CHANNELS.drag, document, { ...OWN_PAGE, url: 'https://example.org/' });
    double.send(CHANNELS.drag, document);
    const { item } = await double.told('drag');
    expect(basename(item.file)).toBe(document.suggestedName);
    expect((await stat(item.file)).size).toBe((document as { bytes?: number }).bytes);
    expect(item.icon).toBe(`icon of ${item.file}`);
  });

  it('leaves nothing behind when it cannot, or when the person cancels', async () => {
    double.answerDialogs([join(dir, 'no', 'such', 'folder.pdf')]);
    expect(await double.invoke(CHANNELS.save, document)).toMatchObject({
      ok: false,
      error: { code: 'not-writable' },
    });
    double.answerDialogs([]);
    expect(await double.invoke(CHANNELS.save, document)).toEqual({
      ok: true,
      value: { saved: false },
    });
    expect((await readdir(dir)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

it('the preload is one CommonJS file that requires nothing but Electron', async () => {
  const path = join(ROOT, 'out', 'preload', 'index.cjs');
  const text = await readFile(path, 'utf8');
  expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1])).toEqual([
    'electron',
  ]);
  expect(text).not.toMatch(/^\s*(import|export)\s/m);
  expect((await stat(path)).size).toBeLessThan(20_000);
});
