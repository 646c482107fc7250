import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';

/**
 * The built application in real Electron. Its runtime is not part of the npm package (README, "Desktop
 * window"), so where it has not been fetched, or there is no display, these tests are skipped by name; the same
 * build runs against a double in `tests/contract`.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const reason = whyNot();

test.describe('Electron', () => {
  test.skip(reason !== null, reason ?? '');

  let app: ElectronApplication;
  let page: Page;
  let home: string;
  const netLog = (): string => join(home, 'net-log.json');

  async function launch(...args: string[]): Promise<void> {
    app = await _electron.launch({
      args: [`--log-net-log=${netLog()}`, ROOT, ...args],
      // Store and window's profile both lie there: nothing of the person at this machine is read or written.
      env: { ...process.env, FIDUCIAL_HOME: home } as Record<string, string>,
    });
    page = await app.firstWindow();
  }
  test.beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'fiducial-electron-'));
    await launch(join(ROOT, 'resources', 'demo', 'demo.hea'));
  });
  test.afterAll(async () => {
    await app?.close();
    await rm(home, { recursive: true, force: true });
  });

  test('keeps to its own profile', async () => {
    const userData = await app.evaluate(({ app: inside }) => inside.getPath('userData'));
    expect(userData).toBe(join(home, 'window'));
  });

  test('shows the record of the command line with its leads', async () => {
    await expect(page).toHaveURL(/^fiducial:\/\/app\//);
    await expect(page.getByText('MLII').first()).toBeVisible();
    await expect(page.locator('main canvas').first()).toBeVisible();
  });

  test('analyses it in a process of its own', async () => {
    const host = await page.evaluate(() =>
      (
        globalThis as unknown as {
          fiducial: {
            call(m: string, i: object, id: number): Promise<{ value: { host: string } }>;
          };
        }
      ).fiducial.call('app.info', {}, 900_001),
    );
    expect(host.value.host).toBe('electron');
    const names = (): Promise<string[]> =>
      app.evaluate(({ app: inside }) =>
        inside.getAppMetrics().map((metric) => metric.name ?? metric.type),
      );
    await expect.poll(names).toContain('Fiducial engine');
    await expect.poll(names).toContain('Fiducial inference');
  });

  test('gives the page the bridge and nothing of Node', async () => {
    const seen = await page.evaluate(() => {
      const globals = globalThis as unknown as Record<string, object>;
      return {
        bridge: Object.keys(globals['fiducial']!).sort(),
        node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globals),
      };
    });
    expect(seen).toEqual({
      bridge: ['call', 'cancel', 'drag', 'dropped', 'kind', 'on', 'pick', 'save'],
      node: [],
    });
  });

  test('cannot be navigated away or reach the network', async () => {
    const blocked = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => false,
        () => true,
      ),
    );
    expect(blocked).toBe(true);
    const windows = app.windows().length;
    await page.evaluate(() => {
      const globals = globalThis as unknown as {
        open(url: string): void;
        location: { href: string };
      };
      globals.open('https://example.org/');
      globals.location.href = 'https://example.org/';
    });
    await expect(page).toHaveURL(/^fiducial:\/\/app\//);
    expect(app.windows()).toHaveLength(windows);
    // And nothing of it has cut the page off.
    await clickMenu('Help', 'Keys');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  test('undo in the note is the note’s', async () => {
    await expect(page.getByText('Your decision')).toBeVisible();
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.focus();
    await page.keyboard.type('x');
    await clickMenu('Edit', 'Undo');
    await expect(note).toHaveValue('');
    await page.keyboard.press('Escape');
  });

  test('a page whose process was killed comes back on the same recording', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
    );
    const text = (): Promise<string> =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('document.body.innerText'),
      ) as Promise<string>;
    await expect.poll(() => text().catch(() => ''), { timeout: 30_000 }).toContain('MLII');
  });

  test('comes back in its size and on its last recording when it is started again', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.setBounds({ x: 40, y: 30, width: 1100, height: 760 }),
    );
    // Electron keeps the place of a window that has come to rest.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await app.close();
    await launch();
    await expect(page.getByText('MLII').first()).toBeVisible();
    const { width, height } = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.getBounds(),
    );
    expect({ width, height }).toEqual({ width: 1100, height: 760 });
  });

  test('is shown larger on request, and at its own size again', async () => {
    const scale = (): Promise<number> =>
      page.evaluate(() => (globalThis as unknown as { devicePixelRatio: number }).devicePixelRatio);
    const before = await scale();
    await clickMenu('View', 'Larger');
    await expect.poll(scale).toBeCloseTo(before * 1.1, 2);
    await clickMenu('View', 'Actual size');
    await expect.poll(scale).toBeCloseTo(before, 2);
  });

  test('asked nobody anything, from its first start to its end', async () => {
    await app.close();
    const { constants, events } = JSON.parse(readFileSync(netLog(), 'utf8')) as NetLog;
    // A log without events would be silent about everything.
    expect(events.length).toBeGreaterThan(0);
    const asked = events.flatMap(({ params }) =>
      [params?.url, params?.host].filter((name) => name !== undefined),
    );
    expect(constants.logEventTypes).toHaveProperty('URL_REQUEST_START_JOB');
    expect(asked.filter((name) => !isOwn(name))).toEqual([]);
  });

  async function clickMenu(...path: string[]): Promise<void> {
    await app.evaluate(({ Menu }, labels) => {
      let items = Menu.getApplicationMenu()!.items;
      for (const label of labels.slice(0, -1)) {
        items = items.find((item) => item.label.replace('&', '') === label)!.submenu!.items;
      }
      items.find((item) => item.label.replace('&', '') === labels.at(-1))!.click();
    }, path);
  }
});

/** What Chromium writes with `--log-net-log`, as far as it is looked at. */
interface NetLog {
  readonly constants: { logEventTypes: Record<string, number> };
  readonly events: { params?: { url?: string; host?: string } }[];
}

/** Playwright steers the window over a port of this machine. */
function isOwn(name: string): boolean {
  return (
    /^(fiducial|data|blob|devtools|file|chrome-extension):/.test(name) ||
    /^((http|ws)s?:\/\/)?(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(name)
  );
}

/** Why Electron cannot be run here, or null. */
function whyNot(): string | null {
  const dir = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(dir, 'path.txt');
  if (!existsSync(pathFile) || !existsSync(join(dir, 'dist', readFileSync(pathFile, 'utf8')))) {
    return "Electron's runtime is not installed";
  }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  return null;
}
