import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Rules whose answer depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds serious or worse on the page as it stands. */
export async function serious(
  page: Page,
  runOnly: readonly string[] = EVERY_RULE,
): Promise<string[]> {
  // Evaluated by the debugger, so the page's policy against foreign scripts stays as it is.
  if ((await page.evaluate('typeof axe')) === 'undefined')
    await page.evaluate(await readFile(AXE, 'utf8'));
  // Nothing is said of what passes, and no media or stylesheets are fetched for rules that do not run.
  const options = { runOnly, resultTypes: ['violations'], preload: false };
  const results = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  )) as AxeResults;
  return results.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`));
}

/** The same in the light and in the dark, where only colours are another; the page is in the light afterwards. */
export async function seriousInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await serious(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await serious(page, OF_COLOURS);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((found) => `dark, ${found}`)];
}
