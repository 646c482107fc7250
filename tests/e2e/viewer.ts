import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { analysed, copyRecords, isOfMany } from './analysed-records';
import { writeOtherModel } from './other-model';
import { findChromium } from '../../scripts/tools/chromium.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');

/** A record whose header names a gain that is no number. */
const BROKEN_HEADER = 'broken 1 360 3600\nbroken.dat 16 two-hundred/mV 12 0 0 0 0 MLII\n';
/** A record whose signal file is half as long as its header says. */
const SHORT_HEADER = 'short 1 360 7200\nshort.dat 16 200/mV 12 0 0 0 0 MLII\n';

/** The same before and after a restart, so that pages go on. */
const TOKEN = 'a-token-of-the-browser-tests';

interface Host {
  /** What opens the page. */
  readonly url: string;
  readonly root: string;
  /** Ends the host as a crash would. */
  kill(): Promise<void>;
  /** Starts it again where it was, with the store that it had. */
  restart(): Promise<void>;
}

interface Wishes {
  readonly records: readonly string[];
  readonly isAnalysed: boolean;
  readonly damagedModel: boolean;
  readonly otherModel: string | null;
}

/** Starts the real browser host on a copy of the demo and two bad records, with a store of its own. */
async function startHost({
  records,
  isAnalysed,
  damagedModel,
  otherModel,
}: Wishes): Promise<Host & { stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'fiducial-e2e-'));
  const own = [join(PROJECT, 'resources/demo/demo'), ...records];
  const before = isAnalysed && isOfMany(own) ? await analysed(own) : null;
  const root = before?.root ?? join(home, 'records');
  if (before) await cp(before.store, join(home, 'store'), { recursive: true });
  else {
    await mkdir(root);
    await copyRecords(own, root);
  }
  await writeFile(join(root, 'broken.hea'), BROKEN_HEADER);
  await writeFile(join(root, 'broken.dat'), new Uint8Array(7200));
  await writeFile(join(root, 'short.hea'), SHORT_HEADER);
  await writeFile(join(root, 'short.dat'), new Uint8Array(7200));
  if (damagedModel) await damageDefaultModel(join(home, 'models'));
  if (otherModel !== null) await writeOtherModel(join(home, 'store'), otherModel);
  const env: Record<string, string> = {
    ...(damagedModel ? { FIDUCIAL_MODELS: join(home, 'models') } : {}),
    // Where all is analysed no first verdict is waited for: half of a host's processor time. The other hosts load ahead.
    ...(before ? { FIDUCIAL_LOAD_AHEAD: '0' } : {}),
  };
  let { child, url } = await launch(root, home, '0', env);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  };
  return {
    url,
    root,
    kill: () => end('SIGKILL'),
    async restart() {
      ({ child, url } = await launch(root, home, new URL(url).port, env));
    },
    async stop() {
      await end('SIGTERM');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The shipped models, with one byte of the default's graph changed. */
async function damageDefaultModel(folder: string): Promise<void> {
  await cp(join(PROJECT, 'resources/models'), folder, { recursive: true });
  const graph = join(folder, 'beat-attention.onnx');
  const bytes = await readFile(graph);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(graph, bytes);
}

/** One process of the browser host, once it has printed its address. */
async function launch(
  root: string,
  home: string,
  port: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [join(PROJECT, 'bin/fiducial.mjs'), 'serve', '--root', root, '--port', port, '--quiet'],
    {
      env: {
        ...process.env,
        FIDUCIAL_HOME: join(home, 'store'),
        FIDUCIAL_TOKEN: TOKEN,
        ...env,
      },
    },
  );
  let output = '';
  const url = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /http:\/\/[\d.:a-z[\]]+/.exec(output);
      if (match) found(`${match[0]}/?token=${TOKEN}`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`the host ended with ${code}: ${output}`)));
  });
  return { child, url };
}

/** What stands for no one's own host: it goes on while others come and go. */
const SHARED = 'shared';

/** The hosts of a run: one for those who share, and one for the test file that has its own. */
class Hosts {
  readonly #running = new Map<string, Awaited<ReturnType<typeof startHost>>>();

  async of(hostName: string, wishes: Wishes): Promise<Host> {
    const key = JSON.stringify([hostName, wishes]);
    const running = this.#running.get(key);
    if (running) return running;
    await this.stop((name) => name !== SHARED);
    const host = await startHost(wishes);
    this.#running.set(key, host);
    return host;
  }

  async stop(isMeant: (hostName: string) => boolean = () => true): Promise<void> {
    for (const [key, host] of this.#running) {
      if (!isMeant((JSON.parse(key) as [string])[0])) continue;
      this.#running.delete(key);
      await host.stop();
    }
  }
}

/**
 * One host per `hostName`; every page must come out without an error on its console. What is wished of a host belongs to the
 * test and not to Playwright's worker: another wish for that would be another process and another browser, 4 s of processor
 * time for each test file.
 */
export const test = base.extend<
  {
    viewer: Page;
    host: Host;
    expectedErrors: RegExp | null;
    chromiumOrSkip: void;
    hostName: string;
    records: readonly string[];
    isAnalysed: boolean;
    damagedModel: boolean;
    otherModel: string | null;
  },
  { hosts: Hosts }
>({
  /** First of all: a test that has no browser to run in is skipped by its name. */
  chromiumOrSkip: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the braces.
    async ({}, use, testInfo) => {
      testInfo.skip(findChromium() === null, 'there is no Chromium');
      await use();
    },
    { auto: true },
  ],
  /** Further records for the host's folder, as paths without an extension. */
  records: [[], { option: true }],
  /** Whether recordings that many hosts have were analysed before, as by a scan; else the host has seen nothing yet. */
  isAnalysed: [true, { option: true }],
  /** The default model is not what its card says. Wants a `hostName` of its own. */
  damagedModel: [false, { option: true }],
  /** Version of another network beside the shipped ones, which flags less. Wants a `hostName` of its own. */
  otherModel: [null, { option: true }],
  /** Test files that decide take a name of their own: no other file then meets their decisions. */
  hostName: [SHARED, { option: true }],
  /** Console errors that a test provokes on purpose. */
  expectedErrors: [null, { option: true }],
  hosts: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the braces.
    async ({}, use) => {
      const hosts = new Hosts();
      await use(hosts);
      await hosts.stop();
    },
    { scope: 'worker' },
  ],
  host: [
    async ({ hosts, hostName, records, isAnalysed, damagedModel, otherModel }, use) => {
      await use(await hosts.of(hostName, { records, isAnalysed, damagedModel, otherModel }));
    },
    { timeout: 120_000 },
  ],
  viewer: async ({ page, host, expectedErrors }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expectedErrors?.test(message.text()))
        problems.push(message.text());
    });
    await page.goto(host.url);
    await use(page);
    expect(problems, 'errors on the console').toEqual([]);
  },
});

export { expect };

/** The line of a record on the page of the worklist. */
export function rowOf(page: Page, name: string) {
  return page
    .getByRole('region', { name: 'Worklist' })
    .getByRole('row')
    .filter({ has: page.locator('strong', { hasText: new RegExp(`^${name}$`) }) });
}

/**
 * Opens the folder of a host that has opened nothing yet, and clicks on a record.
 * @returns when it was clicked on, as `Date.now()`: what comes before is no part of what a reader waits
 */
export async function clickRecord(page: Page, name: string): Promise<number> {
  await page.getByRole('button', { name: /^(Folder|Open folder …)$/ }).click();
  const entry = rowOf(page, name).getByRole('button').first();
  await expect(entry).toBeVisible();
  const clickedMs = Date.now();
  await entry.click();
  return clickedMs;
}

/** Opens the folder through the interface and chooses a record from the worklist. */
export async function openRecord(page: Page, name: string): Promise<void> {
  const back = page.getByRole('button', { name: 'Worklist', exact: true });
  const folder = page.getByRole('button', { name: /^(Folder|Open folder …)$/ });
  const entry = rowOf(page, name).getByRole('button').first();
  // A record opened before stands where the worklist was, or comes to stand there while it is being opened.
  await expect(async () => {
    await expect(back.or(folder).first()).toBeVisible({ timeout: 5000 });
    if (await back.isVisible()) await back.click({ timeout: 2000 });
    await folder.click({ timeout: 2000 });
    // A start opens the last recording a moment later: then it is left again at once, instead of waited through.
    await expect(entry.or(back).first()).toBeVisible({ timeout: 5000 });
    expect(await back.isVisible()).toBe(false);
    await entry.click({ timeout: 2000 });
  }).toPass();
}

/** Opens the demo and waits until the model has finished. */
export async function openDemo(page: Page): Promise<void> {
  await openRecord(page, 'demo');
  await expect(paper(page)).toBeVisible();
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  // Settings outlive a test, as they should.
  await page.getByRole('group', { name: 'Overlay' }).getByText('Attention').click();
  await page.mouse.move(0, 0);
  await paper(page).focus();
  // The first event is taken up once all are known.
  await expect(page.getByText(/so far/)).toHaveCount(0);
  await page.waitForTimeout(300);
}

/** Goes to another way through the recording: Events, Beats, Hours or Segments. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  // Where the forms of beats stand there is no paper.
  if (name !== 'Beats') await paper(page).focus();
}

export function paper(page: Page) {
  return page.getByRole('group', { name: /^ECG paper/ });
}

/** Left edge of the paper in seconds, as the slider of the overview says it. */
export async function positionS(page: Page): Promise<number> {
  const slider = page.getByRole('slider', { name: 'Position in the recording' });
  return Number(await slider.getAttribute('aria-valuenow'));
}

/** The same once the slider has come to rest, which follows the paper every half second: what is read but once. */
export async function settledS(page: Page): Promise<number> {
  for (;;) {
    const before = await positionS(page);
    await page.waitForTimeout(600);
    if ((await positionS(page)) === before) return before;
  }
}

export { decide, drawn } from '../support/decide';
