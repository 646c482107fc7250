import { readFile, writeFile } from 'node:fs/promises';
import type { FileChooser, Locator, Page } from '@playwright/test';
import { serious } from './axe';
import { expect, openDemo, paper, test } from './viewer';

/** Settings that no other file is to meet. */
test.use({ hostName: 'settings' });

const dialog = (page: Page) => page.getByRole('dialog');

/** Moves the focus as a keyboard does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${String(target)}`);
}

test('record details by keyboard: from the identity line and by their words', async ({
  viewer: page,
}) => {
  test.slow();
  await openDemo(page);
  await tabTo(page, page.getByRole('button', { name: 'details', exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(/SHA-256\s*[0-9a-f]{64}/);
  await expect(dialog(page).getByRole('row', { name: /MLII mV 360 Hz/ })).toContainText('ADU/mV');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('record details');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('heading', { name: 'Record details' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('settings by keyboard: they hold on the paper, and go to another machine as a file', async ({
  viewer: page,
}, testInfo) => {
  test.slow();
  await openDemo(page);
  // From here on the browser gives what it is asked for to this test; asked for with the key itself it may come too late.
  let chosen = (_: FileChooser): void => undefined;
  page.on('filechooser', (chooser) => chosen(chooser));
  await paper(page).focus();
  await page.keyboard.press('Control+,');
  await expect(dialog(page)).toBeVisible();
  await tabTo(page, dialog(page).locator('summary', { hasText: 'Paper' }));
  await page.keyboard.press('Enter');
  const mains = dialog(page).getByRole('group', { name: 'Mains notch' });
  await tabTo(page, mains.getByRole('radio', { name: 'Off' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(mains.getByRole('radio', { name: '60 Hz' })).toBeChecked();
  expect(await serious(page)).toEqual([]);

  const exporting = dialog(page).getByRole('button', { name: 'Export…' });
  await tabTo(page, exporting);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const path = testInfo.outputPath('s.json');
  await (await download).saveAs(path);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Filter' })).toContainText('notch 60 Hz');

  const file = await readFile(path, 'utf8');
  await writeFile(path, file.replace('"mainsHz": 60', '"mainsHz": 55'));
  await page.keyboard.press('Control+,');
  const importing = dialog(page).getByRole('button', { name: 'Import…' });
  const choose = async (): Promise<void> => {
    await tabTo(page, importing);
    const chooser = new Promise<FileChooser>((come) => (chosen = come));
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(path);
  };
  // Whoever chooses no file after all is still in the dialog.
  await dialog(page)
    .getByLabel('Import…')
    .last()
    .evaluate((field) => field.dispatchEvent(new Event('cancel', { bubbles: true })));
  await expect(importing).toBeVisible();
  await choose();
  await expect(dialog(page).getByRole('alert')).toHaveText(
    's.json: mainsHz cannot be 55; nothing of the file was taken over.',
  );
  await writeFile(path, file.replace('"mainsHz": 60', '"mainsHz": 50'));
  await choose();
  await expect(dialog(page).getByText('s.json was taken over.')).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Filter' })).toContainText('notch 50 Hz');
});
