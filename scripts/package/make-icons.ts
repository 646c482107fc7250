import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { ROOT } from '../build-if-needed.mjs';
import { CHROMIUM_FLAGS, findChromium } from '../tools/chromium.mjs';
import { icnsFile, icoFile } from './icon-files';

/**
 * `npm run icons`: the application's icons for three systems, drawn from the page's own (build/ is committed, since
 * packing has no browser to draw with).
 */
const SVG = join(ROOT, 'src', 'renderer', 'theme', 'icon.svg');
const BUILD = join(ROOT, 'build');
/** Sizes of freedesktop.org's icon theme, of Windows and of macOS, px. */
const LINUX_PX = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_PX = [16, 24, 32, 48, 64, 128, 256];
const MAC_PX = [16, 32, 64, 128, 256, 512, 1024];
/** Apple's icons leave a margin: the shape takes 824 of 1024 px (Human Interface Guidelines, app icons). */
const MAC_SHAPE = 824 / 1024;

const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: CHROMIUM_FLAGS,
});
const svg = await readFile(SVG, 'utf8');
await mkdir(join(BUILD, 'icons'), { recursive: true });
for (const size of LINUX_PX) {
  await writeFile(join(BUILD, 'icons', `${size}x${size}.png`), await draw(browser, size, 1));
}
const drawAll = (sizes: readonly number[], shape: number) =>
  Promise.all(sizes.map(async (size) => ({ size, png: await draw(browser, size, shape) })));
await writeFile(join(BUILD, 'icon.ico'), icoFile(await drawAll(WINDOWS_PX, 1)));
await writeFile(join(BUILD, 'icon.icns'), icnsFile(await drawAll(MAC_PX, MAC_SHAPE)));
await browser.close();

/** The icon as a PNG of `size` by `size` px on nothing, its shape over a share of that. */
async function draw(on: Browser, size: number, shape: number): Promise<Buffer> {
  const page = await on.newPage({ viewport: { width: size, height: size } });
  const margin = Math.round((size * (1 - shape)) / 2);
  const side = size - 2 * margin;
  await page.setContent(
    `<style>body{margin:${margin}px}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
