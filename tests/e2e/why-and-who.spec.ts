import { serious, seriousInBothThemes } from './axe';
import { decide, expect, openDemo, paper, test } from './viewer';

/** Decisions that no other file is to meet. */
test.use({ hostName: 'why-and-who' });

test('a flag is tried with one thing changed, and a number of page 1 says who changed it', async ({
  viewer: page,
}) => {
  test.slow();
  await openDemo(page);
  await paper(page).focus();
  await page.keyboard.press('n');
  // The key unfolds why, and asks.
  await page.keyboard.press('Shift+W');
  const table = page.getByRole('table', { name: 'What if …' });
  await expect(table.getByRole('row')).toHaveCount(5, { timeout: 60_000 });
  await expect(table.getByRole('rowheader')).toHaveText([
    'as it is',
    'without MLII',
    /^2\.5 s later$/,
    'through 0.67–40 Hz',
  ]);
  await expect(table.getByRole('row').nth(3)).toContainText(/0\.\d\d\s*(stands|does not stand)/);
  expect(await seriousInBothThemes(page), 'what if').toEqual([]);

  await paper(page).focus();
  await decide(page, 'o');
  await decide(page, '1');
  await expect(page.getByText(/1 of 3 events decided/)).toBeVisible();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Numbers of page 1 that were changed').click();
  const row = dialog.getByRole('row', { name: /artefact/ }).first();
  await expect(row).toContainText(/reject/i, { timeout: 60_000 });
  expect(await seriousInBothThemes(page), 'history').toEqual([]);

  // The same by a key of its own, and in the dialog of the report.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await paper(page).focus();
  await page.keyboard.press('Shift+P');
  await expect(dialog.getByRole('row', { name: /artefact/ }).first()).toContainText(/reject/i);
  expect(await seriousInBothThemes(page), 'figures').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+p');
  await dialog.getByText('Numbers of page 1 that were changed').click();
  await expect(dialog.getByRole('row', { name: /artefact/ }).first()).toContainText(/reject/i);
  expect(await serious(page), 'report').toEqual([]);
});
