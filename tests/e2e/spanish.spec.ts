import type { Page } from '@playwright/test';
import { serious } from './axe';
import { decide, expect, test } from './viewer';

/** A reader whose browser speaks Spanish, and who chose no language. */
test.use({ locale: 'es-ES', hostName: 'spanish' });

const dialog = (page: Page) => page.getByRole('dialog');
/** Words that only an English page has; what the file itself says may be in any language. */
const ENGLISH =
  /\b(beats|leads|rejected|confirmed|undecided|unsure|unreadable|borderline|saved|analysis|settings|history|report|events|segments|hours|worklist|shift|space|normal beats|abnormal|alone)\b/i;

async function expectSpanish(page: Page, where: string): Promise<void> {
  const text = await page.locator('body').innerText();
  expect(text.match(ENGLISH), where).toBeNull();
  // Numbers have a comma; versions have two points.
  expect(text.replaceAll(/\d+(\.\d+){2,}/g, '').match(/\d\.\d/), where).toBeNull();
  expect(await serious(page), where).toEqual([]);
}

/** Words in the two columns beside the paper that are cut off, or run out of their column, without a sign of it. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const column of document.querySelectorAll('nav.left, aside.right')) {
      const walker = document.createTreeWalker(column, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { right, width } = range.getBoundingClientRect();
        let box = node.parentElement!;
        while (box !== column && getComputedStyle(box).overflowX === 'visible')
          box = box.parentElement!;
        const isSaid = getComputedStyle(box).textOverflow === 'ellipsis';
        const isShown = width > 1 && !node.parentElement!.closest('.sr-only');
        if (isShown && !isSaid && right > box.getBoundingClientRect().right + 1)
          found.push(node.textContent!.trim());
      }
    }
    return found;
  });
}

test('opens, settles an event and writes the report in Spanish', async ({ viewer: page }) => {
  test.slow();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const list = page.getByRole('region', { name: 'Lista de trabajo' });
  await page.getByRole('button', { name: /^(Carpeta|Abrir carpeta…)$/ }).click();
  const row = list.getByRole('row').filter({
    has: page.locator('strong', { hasText: /^demo$/ }),
  });
  await expect(row).toBeVisible();
  await expectSpanish(page, 'worklist');
  // Every column of the table has its place: none is beyond the edge.
  const table = list.locator('.scroll');
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await row.getByRole('button').first().click();

  await expect(page.getByRole('group', { name: /^Papel de ECG/ })).toBeVisible();
  await expect(page.getByText(/análisis hecho en/)).toBeVisible();
  await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
  await expectSpanish(page, 'events');

  await page.getByRole('group', { name: /^Papel de ECG/ }).focus();
  await decide(page, 'u');
  await expect(page.getByRole('status').filter({ hasText: /Guardado \d\d:/ })).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.locator('.finding .head')).toContainText('dudoso');
  await expectSpanish(page, 'a decided event');
  await page.keyboard.press('h');
  await expect(dialog(page).getByRole('row').nth(1)).toContainText('dudoso');
  await expectSpanish(page, 'history');
  await page.keyboard.press('Escape');

  for (const tab of ['Eventos', 'Latidos', 'Horas', 'Segmentos']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await expectSpanish(page, tab);
    // Spanish words are longer, and the columns are narrowest here.
    await page.setViewportSize({ width: 1024, height: 700 });
    await expect.poll(() => cut(page), tab).toEqual([]);
    if (tab === 'Horas') {
      const highest = await page
        .locator('.hours td')
        .evaluateAll((cells) => Math.max(...cells.map(({ clientHeight }) => clientHeight)));
      expect(highest, 'two lines at most').toBeLessThan(50);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await page.keyboard.press('l');
  await expect(dialog(page).getByRole('heading', { name: 'Derivaciones' })).toBeVisible();
  await expectSpanish(page, 'leads');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await expect(dialog(page).getByText('AvPág', { exact: true })).toBeVisible();
  await expectSpanish(page, 'keys');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+p');
  await expect(dialog(page).getByText('Preliminar', { exact: true }).first()).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Escribir el informe' }).click();
  await expect(dialog(page).getByRole('img', { name: /^Página 1 de \d+$/ })).toBeVisible();
  await expectSpanish(page, 'report');
});
