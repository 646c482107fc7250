import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { documented } from './pictures';
import { decide, expect, paper, rowOf, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const ALL = ['mitdb/208', 'mitdb/203', 'mitdb/101', 'twelve-lead/HR06002'].map((name) =>
  join(DATA, name),
);
const RECORDS = ALL.filter((record) => existsSync(`${record}.hea`));

test.use({ records: RECORDS, hostName: 'worklist', isAnalysed: false });

test.describe('the worklist by urgency', () => {
  test.skip(RECORDS.length < ALL.length, `no reference data at ${DATA}`);

  test('is analysed, found through, read from and come back to by keyboard', async ({
    viewer: page,
  }) => {
    await expect(rowOf(page, '208')).toContainText('not analysed');
    await page.getByRole('button', { name: 'Analyse all' }).click();
    for (const name of ['208', '203', '101', 'HR06002', 'demo'])
      await expect(rowOf(page, name)).toContainText(/\d+ to \d+/, { timeout: 120_000 });

    // What meets a rule is above what meets none, and what cannot be read is last, with its reason.
    const texts = await page.getByRole('row').allTextContents();
    const at = (text: RegExp): number => texts.findIndex((row) => text.test(row));
    expect(at(/^\s*Urgent, not yet decided/)).toBeLessThan(at(/^208/));
    expect(at(/^208/)).toBeLessThan(at(/^\s*Other/));
    expect(at(/^\s*Other/)).toBeLessThan(at(/^101/));
    expect(at(/^\s*Cannot be read/)).toBeLessThan(at(/^broken/));
    await expect(rowOf(page, '208')).toContainText(/V \d+\u2009%/);
    await expect(rowOf(page, 'HR06002')).toContainText('too short');
    await expect(rowOf(page, 'broken')).toContainText(/Cannot be read: broken\.hea/);
    // Thumbnails are drawn a moment later.
    await documented(page, 'worklist.png', 4000);

    // What teaches most is one list with the reason of each, and no order that tells flags stands before a blind reader.
    const order = page.getByLabel('Order');
    // The arrows are its own while it has the focus, and move no row.
    await order.focus();
    await page.keyboard.press('ArrowDown');
    await expect(order).toHaveValue('teaching');
    await expect(page.getByRole('columnheader', { name: 'Why it teaches' })).toBeVisible();
    await expect(page.getByRole('row', { name: /Urgent, not yet decided/ })).toHaveCount(0);
    await expect(page.getByRole('row', { name: /To be read/ })).toHaveCount(1);
    await expect(
      page.getByRole('row').filter({ hasText: /borderline stretch|unlike the training data/ }),
    ).not.toHaveCount(0);
    // The reason is there to be read: its words end within its column.
    const cut = await page
      .locator('td .why')
      .evaluateAll(
        (texts) =>
          texts.filter(
            (text) =>
              text.scrollWidth > text.clientWidth ||
              text.getBoundingClientRect().right >
                text.closest('td')!.getBoundingClientRect().right,
          ).length,
      );
    expect(cut).toBe(0);
    await documented(page, 'worklist-teaches.png');
    await order.selectOption('urgency');

    // Arrows in the menu go through the menu.
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem').nth(1)).toBeFocused();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Menu' }).press('ArrowDown');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Patient' }).click();
    await page.getByRole('searchbox').fill('20');
    await expect(rowOf(page, '101')).toHaveCount(0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('n');
    const row = page.locator('tr.chosen');
    const name = (await row.locator('strong').first().textContent())!;
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await paper(page).focus();
    // A decision is in the row as soon as the reader comes back, and the table is as it was left.
    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    await page.keyboard.press('Shift+n');
    await decide(page, 'a');
    await expect(page.getByText(/^Saved/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Worklist', exact: true }).click();
    await expect(page.getByRole('searchbox')).toHaveValue('20');
    await expect(rowOf(page, name)).toContainText(/1 \/ \d+/);
    // Keys that decide do nothing while no recording is in sight.
    await decide(page, 'a');
    await expect(rowOf(page, name)).toContainText(/1 \/ \d+/);
    await page.keyboard.press('Escape');
    await expect(paper(page)).toBeVisible();
  });
});
