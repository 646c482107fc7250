import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/**
 * Chromium heeds the last list of features alone, so Playwright's own is said again before what is added to it
 * (tests/e2e/browser.spec.ts holds that nothing of it is lost).
 */
const FEATURES_OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['TcpPortRandomizationWin', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  ...['PreconnectToSearch', 'msForceBrowserSignIn'],
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // Two pages of the address bar's own for each window, which nobody sees: a second of processor time.
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  // A process ahead for the next page of another site: each of our pages came with one that was never used.
  'SpareRendererForSitePerProcess',
];

/** Headless, on machines without a GPU and as root, and without a request of the browser's own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF.join(',')}`,
];

/** What Chromium and the browsers made of it are called on the path, the freest first. */
const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

/** Where macOS and Windows keep them, off the path. */
const INSTALLED = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((dir) => [
      join(dir, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(dir, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/**
 * The Chromium that tests run in: the one that `FIDUCIAL_CHROMIUM` names (`none`: no one), else Playwright's own, else
 * one of the system. One that was named is taken or refused when it is started, never passed over.
 * @returns path of the executable; null where there is none, or none is wanted
 */
export function findChromium({
  env = process.env,
  platform = process.platform,
  own = chromium.executablePath(),
} = {}) {
  const named = env.FIDUCIAL_CHROMIUM;
  if (named) return named === 'none' ? null : named;
  if (own && existsSync(own)) return own;
  const onPath = ON_PATH.map((name) => findOnPath(name, { env, platform })).find(Boolean);
  return onPath ?? (INSTALLED[platform] ?? []).find((path) => existsSync(path)) ?? null;
}

/** Full path of a command, or null where the path does not lead to one. */
export function findOnPath(name, { env = process.env, platform = process.platform } = {}) {
  const file = platform === 'win32' ? `${name}.exe` : name;
  const dirs = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return dirs.map((dir) => join(dir, file)).find((path) => existsSync(path)) ?? null;
}

/**
 * Starts it and ends it: a launcher whose browser is not installed (Ubuntu's `chromium-browser`) or a browser whose
 * libraries are missing is found like any other.
 * @returns null when it starts, else why not, in one line
 */
export async function whyNotStarted(executablePath) {
  try {
    const browser = await chromium.launch({
      executablePath,
      args: CHROMIUM_FLAGS,
      timeout: 30_000,
    });
    await browser.close();
    return null;
  } catch (error) {
    const lines = String(error.message)
      .split('\n')
      .map((line) => line.trim());
    const missing = lines.find((line) =>
      /error while loading|doesn't exist|ENOENT|EACCES/.test(line),
    );
    return (missing ?? lines[0]).slice(0, 200);
  }
}
