import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousInBothThemes } from './axe';
import { decide, expect, openDemo, paper, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const RECORD = join(DATA, 'mitdb/208');
/** A folder for pictures of every step. */
const PICTURES = process.env['FIDUCIAL_PICTURES'];

/** Decisions that no other file is to meet. */
test.use({ hostName: 'blind', records: existsSync(`${RECORD}.hea`) ? [RECORD] : [] });

// What waits for a thing that never comes is not to keep a core for minutes.
test.use({ actionTimeout: 60_000 });

/** All that a page tells those who see it, hear it, or point at it. */
const told = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      ['aria-label', 'title', 'alt', 'aria-description', 'aria-valuetext'].flatMap(
        (name) => element.getAttribute(name) ?? [],
      ),
    );
    return [document.title, document.body.innerText, ...attributes].join('\n');
  });
async function looked(page: Page, name: string): Promise<void> {
  expect(await seriousInBothThemes(page), name).toEqual([]);
  if (!PICTURES) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('what was found is named once the reader has said what they see', async ({ viewer: page }) => {
  test.slow();
  const keys = page.keyboard;
  const dialog = page.getByRole('dialog');
  const hand = page.getByRole('complementary', { name: 'In hand' });
  const list = page.getByRole('tabpanel');
  await openDemo(page);
  // Kinds and values as the list has them, the names of kinds as the rows say them.
  const names = await page.locator('.kind .name').allInnerTexts();
  const values = (await page.locator('.event .value').allInnerTexts()).map((text) =>
    text.replace('\n', ' '),
  );
  expect(names.length).toBeGreaterThan(1);
  const words = [...names, ...values, 'VT', 'Pause', 'Abnormal', 'Borderline', 'needs you'];
  const leaks = async (): Promise<string[]> => {
    const all = await told(page);
    return words.filter((word) => new RegExp(`\\b${word}\\b`).test(all));
  };
  expect((await leaks()).length).toBeGreaterThan(2);

  await keys.press('b');
  await expect(hand.getByText('What do you see?')).toBeVisible();
  await keys.press('j');
  await expect(
    page.getByRole('group', { name: /Segments on the paper|on the paper/ }),
  ).toBeVisible();
  await keys.press('Home');
  const stretches = await list.locator('.event').count();
  expect(stretches).toBeGreaterThan(3);
  for (let i = 0; i < stretches; i++) {
    expect(await leaks()).toEqual([]);
    await keys.press('n');
  }
  // A beat in hand may be given a class, and the toolbar says of none that it is the program's.
  await paper(page).focus();
  const tools = page.getByRole('toolbar', { name: /^Beat at/ });
  // Beats may be on their way.
  await expect(async () => {
    await keys.press('d');
    await expect(tools).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(tools.locator('[aria-pressed="true"]')).toHaveCount(0);
  await expect(tools).toHaveAttribute('aria-label', /^Beat at [\d:.]+$/);
  await tools.locator('button').last().click();
  // Nor is it written to a file.
  await paper(page).focus();
  await keys.press('x');
  await expect(dialog.getByRole('button', { name: 'Save marks as CSV' })).toBeEnabled();
  for (const name of ['findings as CSV', 'report as FHIR', 'beats as WFDB', 'segments as CSV'])
    await expect(dialog.getByRole('button', { name: `Save ${name}` })).toBeDisabled();
  await expect(dialog.getByRole('status')).toContainText('once every event is decided');
  await keys.press('Escape');
  for (const key of ['h', 'Control+p']) {
    await keys.press(key);
    await expect(dialog).toBeVisible();
    if (key === 'Control+p') await expect(dialog).toContainText('is hidden');
    expect(await leaks()).toEqual([]);
    await keys.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await paper(page).focus();
  // What of its first cell lies beyond its edge is no target, which axe does not see.
  await keys.press('j');
  await looked(page, 'hidden');

  // Said, it is named beside what was said; the same key again moves on, and the next is hidden.
  await keys.press('Shift+N');
  let agreed = 0;
  let said = 0;
  for (const key of ['a', 'o', 'u', 'a', 'o']) {
    await decide(page, key);
    await expect(hand.getByText('The program')).toBeVisible();
    if (key !== 'u') said++;
    if (await hand.getByText('agree', { exact: true }).isVisible()) agreed++;
    await expect(list.getByRole('status')).toContainText(
      said > 0 ? `agree on ${agreed} of ${said}` : 'Nothing said first',
    );
    if (key === 'a' && said === 1) await looked(page, 'named');
    if (said + 1 < stretches) {
      // A rejected event would be asked what it is instead where it is rejected with its name in sight.
      await keys.press('Shift+N');
      if (await hand.getByText('What do you see?').isVisible()) continue;
    }
    break;
  }
  await keys.press('h');
  await expect(dialog.getByRole('row').filter({ hasText: 'said first' })).not.toHaveCount(0);
  await keys.press('Escape');

  // Taken back it is hidden again.
  await paper(page).focus();
  await keys.press('z');
  await expect(hand.getByText('What do you see?')).toBeVisible();
  await expect(hand.getByText('does not count as said first')).toBeVisible();

  await keys.press('b');
  await expect(hand.getByText('What do you see?')).toHaveCount(0);
  await expect(list.locator('.kind').first()).toBeVisible();
});

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES' });
  test.skip(!existsSync(`${RECORD}.hea`), `no reference data at ${DATA}`);

  test('a record with many events', async ({ viewer: page }) => {
    test.slow();
    const list = page.getByRole('region', { name: 'Lista de trabajo' });
    const row = list.getByRole('row').filter({
      has: page.locator('strong', { hasText: /^208$/ }),
    });
    // A start opens the last recording a moment later.
    await expect(async () => {
      const back = page.getByRole('button', { name: 'Lista de trabajo', exact: true });
      if (await back.isVisible()) await back.click({ timeout: 5000 });
      await page
        .getByRole('button', { name: /^(Carpeta|Abrir carpeta…)$/ })
        .click({ timeout: 5000 });
      await row.getByRole('button').first().click({ timeout: 5000 });
    }).toPass();
    await expect(page.locator('.kind').first()).toBeVisible();
    const words = await page.locator('.kind .name').allInnerTexts();
    await page.getByRole('group', { name: /^Papel de ECG/ }).focus();
    await page.keyboard.press('b');
    await expect(page.getByText('¿Qué ve?')).toBeVisible();
    const all = await told(page);
    for (const word of [...words, 'Anormal']) expect(all).not.toContain(word);
    await looked(page, 'spanish-hidden');
    await decide(page, 'a');
    await expect(page.getByText('El programa', { exact: true })).toBeVisible();
    await looked(page, 'spanish-named');
    await page.keyboard.press('b');
  });
});
