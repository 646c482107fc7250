import { execFileSync } from 'node:child_process';
import { decide, expect, openDemo, test } from './viewer';

test.use({ hostName: 'report' });

/** Poppler's renderer, where it is installed. */
const hasPdftoppm = ((): boolean => {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.describe('page 1 of the report as a picture (needs pdftoppm)', () => {
  test.skip(!hasPdftoppm, 'pdftoppm is not installed');

  test('is written by the dialog, shown in its preview, and saved', async ({
    viewer: page,
  }, testInfo) => {
    test.slow();
    await openDemo(page);
    await page.keyboard.press('n');
    await decide(page, 'a');
    await page.keyboard.press('Control+p');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reader').fill('A. Reader');
    await dialog.getByRole('button', { name: 'Write the report' }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText(/\.pdf, \d+ kB/, { timeout: 180_000 });
    // It was off while it wrote, and has the focus back.
    await expect(dialog.getByRole('button', { name: 'Write again' })).toBeFocused();

    await expect(dialog.getByRole('img', { name: /^Page 1 of \d+$/ })).toBeVisible();
    await expect(dialog.getByText('The preview cannot be drawn')).toBeHidden();

    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /Save PDF/ }).click();
    const path = await (await download).path();
    const picture = testInfo.outputPath('report');
    execFileSync('pdftoppm', ['-r', '80', '-f', '1', '-png', '-singlefile', path, picture]);
  });
});
