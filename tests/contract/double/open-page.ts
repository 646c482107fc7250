import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { build } from 'vite';
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/tools/chromium.mjs';
import { decode, encode } from '../../../src/shared/transport/codec';
import type { PageGlobals } from './page-shim';
import { OWN_PAGE, ROOT, type Double } from './start-double';

/** Where the viewer is shown: Chromium does not know the app's own scheme, so its requests go by this one. */
export const PAGE_ORIGIN = 'https://viewer.fiducial.test';

/** Null where there is none, and what needs one is skipped. */
export const CHROMIUM = findChromium();

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_FLAGS, headless: true });
}

export interface DoublePage {
  readonly page: Page;
  /** What the page logged as an error, violations of its content security policy among them. */
  readonly errors: string[];
  /** Follows the window in loading the viewer anew. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** The built viewer and preload in real Chromium, joined to the built main entry by the double. */
export async function openPage(browser: Browser, double: Double): Promise<DoublePage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const errors: string[] = [];
  await serve(context, double);
  await context.exposeBinding(
    '__ipc',
    async (source, kind: string, channel: string, body: string) => {
      const [input] = decode(Buffer.from(body, 'base64')) as unknown[];
      const url = source.frame.url().replace(PAGE_ORIGIN, 'fiducial://app');
      const from = { ...OWN_PAGE, url, top: source.frame === source.page.mainFrame() };
      if (kind === 'send') return (double.send(channel, input, from), '');
      if (kind === 'key') return (await double.press(channel)) ?? '';
      const answer = await double.invoke(channel, input, from).then(
        (value) => ({ value }),
        (error: Error) => ({ error: error.message }),
      );
      return Buffer.from(encode(answer)).toString('base64');
    },
  );
  await context.addInitScript({ content: await preloadScript() });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  double.onToPage((channel, args) => {
    const body = Buffer.from(encode(args)).toString('base64');
    page
      .evaluate(
        ([name, text]) => (globalThis as unknown as PageGlobals).__toPage(name!, text!),
        [channel, body],
      )
      .catch(() => undefined);
  });
  const load = async (): Promise<void> => {
    const { url } = await double.told('load');
    await page.goto(url.replace('fiducial://app', PAGE_ORIGIN));
  };
  await load();
  return { page, errors, comeBack: load, close: () => context.close() };
}

/** Every request of the page is answered by main's handler of the app's scheme, or not at all. */
async function serve(context: BrowserContext, double: Double): Promise<void> {
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    const served = url.startsWith(PAGE_ORIGIN)
      ? await double.request(url.replace(PAGE_ORIGIN, 'fiducial://app'), route.request().method())
      : null;
    if (!served) return route.abort('blockedbyclient');
    await route.fulfill({
      status: served.status,
      headers: served.headers,
      body: Buffer.from(served.body),
    });
  });
}

async function preloadScript(): Promise<string> {
  const preload = await readFile(join(ROOT, 'out', 'preload', 'index.cjs'), 'utf8');
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page-shim.ts'), formats: ['iife'], name: 'shim' },
    },
  });
  const output = Array.isArray(built) ? built[0]! : built;
  if (!('output' in output)) throw new Error('the shim was not built');
  return `(() => {
    const PRELOAD = function (require, module, exports) {${preload}\n};
    ${output.output[0].code}
  })();`;
}
