import { join } from 'node:path';
import { seriousInBothThemes } from './axe';
import { expect, openRecord, openTab, paper, test } from './viewer';

/** A folder for pictures of every step. */
const PICTURES = process.env['FIDUCIAL_PICTURES'];
const VERSION = '9.9.0';

test.use({ hostName: 'networks', otherModel: VERSION });

test('another network is compared, its changes walked, adopted by a person, and taken back', async ({
  viewer: page,
}) => {
  test.slow();
  const picture = async (name: string): Promise<void> => {
    if (!PICTURES) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
    }
  };
  const dialog = page.getByRole('dialog');
  const openModels = async (): Promise<void> => {
    await page.getByRole('button', { name: /review scheme$/ }).click();
    await expect(dialog.getByRole('heading', { name: 'Model', exact: true })).toBeVisible();
  };
  await openRecord(page, 'demo');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await paper(page).focus();

  await openModels();
  // The list of networks is one stop, and arrows go through it.
  const listed = dialog.locator('li button');
  await expect(listed.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await listed.first().focus();
  const other = dialog.getByRole('button', { name: new RegExp(VERSION) });
  for (let i = 0; i < 5 && (await other.getAttribute('aria-pressed')) !== 'true'; i++)
    await page.keyboard.press('ArrowDown');
  await expect(other).toBeFocused();
  await expect(listed.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await expect(dialog.getByRole('button', { name: /^Adopt as/ })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Compare on this recording' }).click();
  await expect(dialog.getByText(/flags? gone, 0 new/)).toBeVisible();
  expect(await seriousInBothThemes(page), 'compared').toEqual([]);
  await picture('compared');
  await dialog.getByRole('button', { name: /^Walk them/ }).click();
  await expect(dialog).toHaveCount(0);
  const place = page.locator('.walk .place');
  await expect(place).toContainText(`Changed by ${VERSION}: 1 of`);
  await paper(page).focus();
  await page.keyboard.press('n');
  await expect(place).toContainText(`Changed by ${VERSION}: 2 of`);
  await picture('walked');
  await page.keyboard.press('p');
  await expect(place).toContainText(`Changed by ${VERSION}: 1 of`);
  await page.keyboard.press('Escape');
  await expect(place).not.toContainText('Changed by');

  // So are the segments.
  await openTab(page, 'Segments');
  const rows = page.getByRole('tabpanel').locator('.list .row');
  await expect(rows.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await rows.and(page.locator('[tabindex="0"]')).focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.and(page.locator(':focus'))).toHaveAttribute('aria-current', 'true');
  await expect(rows.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await openTab(page, 'Events');

  await page.keyboard.press('Control+,');
  await page.getByLabel('Reader', { exact: true }).fill('Dr Ada');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await openModels();
  await dialog.getByRole('button', { name: new RegExp(VERSION) }).click();
  await dialog.getByRole('button', { name: 'Adopt as Dr Ada' }).click();
  await expect(dialog.getByText(`Dr Ada adopted ${VERSION}`)).toBeVisible();
  await picture('adopted');
  await dialog.getByRole('button', { name: 'Back to the one before' }).click();
  await expect(dialog.getByText(/Dr Ada went back to/)).toBeVisible();
});
