import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keyboardOf } from './keyboard';
import { documented, placeOf } from './pictures';
import { expect, openRecord, paper, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const RECORD = join(DATA, 'mitdb/208');

test.use({ records: existsSync(`${RECORD}.hea`) ? [RECORD] : [], hostName: 'sign' });

test.describe('half an hour, from opened to signed', () => {
  test.skip(!existsSync(`${RECORD}.hea`), `no reference data at ${DATA}`);

  test('by keyboard alone: settled, strips chosen, concluded, signed, and amended later', async ({
    viewer: page,
  }) => {
    test.slow();
    await openRecord(page, '208');
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    await paper(page).focus();
    const keys = keyboardOf(page);
    const dialog = page.getByRole('dialog');
    const progress = page.getByText(/\d+ of \d+ events? decided$/);
    const count = async (at: 1 | 2): Promise<number> =>
      Number(/(\d+) of (\d+)/.exec((await progress.textContent())!)![at]);
    const all = await count(2);

    // Who reads.
    await keys.press('Control+,');
    await keys.type('Dr A. Reader');
    await keys.press('Enter');
    await expect(dialog).toHaveCount(0);

    // A report cannot be signed while an event is open.
    await page.keyboard.press('Control+p');
    await expect(dialog.getByText(`${all} of ${all} events open`)).toBeVisible();
    await expect(dialog.getByRole('button', { name: /Sign/ })).toBeDisabled();
    await page.keyboard.press('Escape');

    // The first event leaves the default strips, and comes back as the last of them.
    const onReport = page.getByRole('checkbox', { name: /To the report/ });
    await expect(onReport).toBeChecked();
    await keys.press('i');
    await keys.until(() => expect(onReport).not.toBeChecked());
    await keys.press('i');
    await keys.until(() => expect(onReport).toBeChecked());

    for (let i = 1; i <= all; i++) {
      await keys.press('a');
      await keys.until(() => expect.poll(() => count(1), { intervals: [20] }).toBe(i));
    }

    await keys.press('Control+p');
    await expect(dialog.getByText(`all ${all} events decided, not signed`)).toBeVisible();
    // Numbers lead to their events, and the worst of a kind has its strip.
    await expect(dialog.getByRole('button', { name: /beats at/ }).first()).toBeVisible();
    const strips = dialog.getByRole('list', { name: 'Strips of the report' }).getByRole('listitem');
    const before = await strips.count();
    expect(before).toBeGreaterThan(3);

    // The conclusion is where the reader begins, and Ctrl Enter goes to the signature.
    await expect(dialog.getByLabel('Own words')).toBeFocused();
    await keys.type('Frequent ventricular beats; one short run. Cardiology to see.');
    await keys.press('Control+Enter');
    await expect(dialog.getByRole('button', { name: 'Sign, make final' })).toBeFocused();
    await keys.press('Enter');
    await keys.until(() => expect(dialog.getByText(/signed by Dr A\. Reader/)).toBeVisible());
    await expect(dialog.getByText('Final', { exact: true }).first()).toBeVisible();
    console.log(`208 to Final: ${keys.said()}`);
    expect(keys.acts).toBeLessThanOrEqual(40);
    // What was signed is shown as it is kept.
    await expect(dialog.getByRole('img', { name: /^Page 1 of \d+$/ })).toBeVisible();
    await expect(dialog.getByRole('button', { name: /Save PDF/ })).toBeFocused();
    // Its first page is drawn a moment later.
    await documented(page, 'report-dialog.png', 3000);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /Save PDF/ }).click();
    // Many lie in one folder.
    expect((await download).suggestedFilename()).toBe('208-report-version-1.pdf');
    const path = await (await download).path();
    expect((await readFile(path)).toString('latin1', 0, 5)).toBe('%PDF-');
    const picture = placeOf('report.png')?.replace('.png', '');
    if (picture)
      execFileSync('pdftoppm', ['-r', '80', '-f', '1', '-png', '-singlefile', path, picture]);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);

    // Opened again, it is still final; one more decision makes it an amended report.
    await page.reload();
    await expect.poll(() => count(1)).toBe(all);
    await paper(page).focus();
    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    await keys.press('o');
    await keys.press('1');
    await keys.press('Control+p');
    await expect(dialog.getByText('Amended 1', { exact: true }).first()).toBeVisible();
    await expect(dialog.getByText(/Changed since the signature: .+, now /)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Final' })).toBeVisible();
    // The signature takes the keyboard once nothing is being written any more.
    const again = dialog.getByRole('button', { name: /^Sign/ });
    await expect(again).toBeEnabled();
    await keys.press('Control+Enter');
    await expect(again).toBeFocused();
    await keys.press('Enter');
    await keys.until(() => expect(dialog.getByRole('button', { name: 'Amended 1' })).toBeVisible());
    console.log(`208 amended as well: ${keys.said()}`);
  });
});
