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
  let profile: string;

  test.beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'fiducial-electron-'));
    app = await _electron.launch({
      args: [ROOT, join(ROOT, 'resources', 'demo', 'demo.hea')],
      env: { ...process.env, XDG_CONFIG_HOME: profile, APPDATA: profile } as Record<string, string>,
    });
    page = await app.firstWindow();
  });
  test.afterAll(async () => {
    await app?.close();
    await rm(profile, { recursive: true, force: true });
  });

  test('shows the record of the command line with its leads', async () => {
    await expect(page).toHaveURL(/^fiducial:\/\/app\//);
    await expect(page.getByText('MLII').first()).toBeVisible({ timeout: 30_000 });
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
    await expect.poll(names, { timeout: 60_000 }).toContain('Fiducial engine');
    await expect.poll(names, { timeout: 60_000 }).toContain('Fiducial inference');
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
      bridge: ['call', 'cancel', 'dropped', 'kind', 'on', 'pick', 'save'],
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
  });
});

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
