import { decide, expect, openRecord, paper, test } from './viewer';

const VERSION = '9.9.0';

test.use({ hostName: 'earlier-review', otherModel: VERSION });

test('a review on another reading is announced, shown as it was left, and left again', async ({
  viewer: page,
}) => {
  test.slow();
  const dialog = page.getByRole('dialog');
  await openRecord(page, 'demo');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByLabel('Reader', { exact: true }).fill('Dr Ada');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await paper(page).focus();
  await page.keyboard.press('n');
  await decide(page, 'a');
  await expect(page.locator('.saved')).toContainText('Saved');
  const decided = page.getByText(/^1 of \d+/).first();

  await page.getByRole('button', { name: /review scheme$/ }).click();
  await dialog.getByRole('button', { name: new RegExp(VERSION) }).click();
  await dialog.getByRole('button', { name: 'Adopt as Dr Ada' }).click();
  await expect(dialog.getByText(`Dr Ada adopted ${VERSION}`)).toBeVisible();
  await page.keyboard.press('Escape');

  const notice = page.getByText('Readers have decided on another reading of this recording');
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Show that review' }).click();
  await expect(page.getByText('An earlier reading of this recording is shown')).toBeVisible();
  await expect(decided.or(page.getByText('Confirmed').first()).first()).toBeVisible();

  await paper(page).focus();
  await page.keyboard.press('n');
  await expect(async () => {
    // In hand may be the event that was decided: the same decision again only moves on to an open one.
    await decide(page, 'a');
    const refused = page.getByText(/nothing is decided or signed on it/).first();
    await expect(refused).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(page.getByText(/^1 of \d+ events decided/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to the present reading' }).click();
  await expect(notice).toBeVisible();

  await page.getByRole('button', { name: 'Worklist' }).first().click();
  // A row that only gives columns their width says the same to nobody.
  await expect(page.getByRole('cell', { name: 'reviewed on an earlier reading' })).toBeVisible();
});
