import type { Page } from '@playwright/test';
import { seriousInBothThemes } from './axe';
import { decide, expect, openDemo, paper, positionS, settledS, test } from './viewer';

/** Settings that no other file is to meet. */
test.use({ hostName: 'keys' });

const dialog = (page: Page) => page.getByRole('dialog');
/** The row of a command in the settings. */
const command = (page: Page, does: string) =>
  dialog(page).getByRole('button', { name: new RegExp(`^${does}`) });

/** Opens the keys in the settings. */
async function openKeys(page: Page, title = 'Keys'): Promise<void> {
  await page.keyboard.press('Control+,');
  await dialog(page).locator('summary', { hasText: title }).click();
}

test('a key is chosen, refused, exchanged, shown wherever keys are, and given back', async ({
  viewer: page,
}) => {
  test.slow();
  await openDemo(page);
  await paper(page).focus();
  await openKeys(page);
  // The list is one stop: arrows go on in it.
  const first = command(page, 'scroll 1 s on');
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(command(page, 'scroll 1 s back')).toBeFocused();
  expect(await dialog(page).locator('.command[tabindex="0"]').count()).toBe(1);

  const next = command(page, 'next event');
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(next).toContainText('press a key');
  await page.keyboard.press('Shift+X');
  await expect(next).toContainText('Shift X');
  // Another command has this one already: nothing changes before the two are exchanged.
  await page.keyboard.press('Enter');
  await page.keyboard.press('z');
  await expect(dialog(page).getByRole('alert')).toContainText('Z is taken: undo.');
  await expect(next).toContainText('Shift X');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('p');
  await dialog(page).getByRole('button', { name: 'Exchange the two' }).click();
  await expect(next).toContainText(/P$/);
  await expect(command(page, 'previous event')).toContainText('Shift X');
  for (const title of ['Paper', 'Thresholds', 'Keys']) {
    await dialog(page).locator('summary', { hasText: title }).click();
    expect(await seriousInBothThemes(page), title).toEqual([]);
  }
  // A second click would have folded it.
  if (!(await next.isVisible())) await dialog(page).locator('summary', { hasText: 'Keys' }).click();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);

  const walk = page.getByRole('button', { name: /next/ }).first();
  await expect(walk.locator('kbd')).toHaveText('P');
  const before = await settledS(page);
  await page.keyboard.press('n');
  expect(await settledS(page)).toBe(before);
  await page.keyboard.press('p');
  await expect.poll(() => positionS(page)).not.toBe(before);
  await page.keyboard.press('?');
  await expect(dialog(page).getByText('previous event or flagged segment')).toBeVisible();
  await expect(dialog(page)).toContainText(/ShiftX\s*previous event/);
  await page.keyboard.press('Escape');

  await page.reload();
  await openDemo(page);
  await expect(page.getByRole('button', { name: /next/ }).first().locator('kbd')).toHaveText('P');
  await openKeys(page);
  await command(page, 'next event').focus();
  await decide(page, 'Delete');
  await expect(command(page, 'next event')).toContainText(/N$/);
  await dialog(page).getByRole('button', { name: 'All keys back' }).click();
  await expect(command(page, 'previous event')).toContainText(/P$/);
});
