import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decide, expect, openRecord, paper, rowOf, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const RECORD = join(DATA, 'mitdb/208');
/** A folder for pictures of every step. */
const PICTURES = process.env['FIDUCIAL_PICTURES'];

test.use({ records: existsSync(`${RECORD}.hea`) ? [RECORD] : [], hostName: 'second-reader' });

test.describe('two readers of half an hour', () => {
  test.skip(!existsSync(`${RECORD}.hea`), `no reference data at ${DATA}`);

  test('by keyboard alone: read, read again blind, compared, settled', async ({ viewer: page }) => {
    test.slow();
    const picture = async (name: string): Promise<void> => {
      if (!PICTURES) return;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(300);
        await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: 'light' });
    };
    const keys = page.keyboard;
    const dialog = page.getByRole('dialog');
    const progress = page.getByText(/\d+ of \d+ events? decided$/);
    const decided = async (): Promise<number> =>
      Number(/(\d+) of/.exec((await progress.textContent())!)![1]);
    const reader = async (name: string): Promise<void> => {
      await keys.press('Control+,');
      await page.getByLabel('Reader', { exact: true }).fill(name);
      await keys.press('Enter');
      await expect(dialog).toHaveCount(0);
    };
    /** Decides on one event after the other; rejecting takes two presses. */
    const say = async (said: string): Promise<void> => {
      for (const [i, key] of [...said].entries()) {
        await decide(page, key);
        if (key === 'o') await decide(page, key);
        await expect.poll(decided, { intervals: [20] }).toBe(i + 1);
      }
    };
    await openRecord(page, '208');
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    await paper(page).focus();

    await reader('Dr Ada');
    await say('aaoau');

    // The second reader sees nothing of it.
    await reader('Dr Bo');
    await keys.press('Shift+B');
    await expect(dialog.getByText('not shown until you have finished')).toBeVisible();
    await picture('begin');
    await keys.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('Second read, blind')).toBeVisible();
    // The worklist says that a second read goes on.
    await page.getByRole('button', { name: 'Worklist', exact: true }).click();
    await expect(rowOf(page, '208')).toContainText('second read open');
    await expect(rowOf(page, '208')).toContainText('you read second');
    const texts = await page.getByRole('row').allTextContents();
    const at = (text: RegExp): number => texts.findIndex((row) => text.test(row));
    expect(at(/^208/)).toBeGreaterThan(at(/^\s*Other/));
    // And shows those alone, by key.
    const other = rowOf(page, 'demo');
    await expect(other).toBeVisible();
    await page.getByRole('checkbox', { name: 'second read 1' }).press('Space');
    await expect(other).toHaveCount(0);
    await expect(rowOf(page, '208')).toBeVisible();
    await page.getByRole('checkbox', { name: 'second read 1' }).press('Space');
    await expect(other).toBeVisible();
    await keys.press('Escape');
    await paper(page).focus();
    await expect.poll(decided).toBe(0);
    await expect(page.getByText('Dr Ada')).toHaveCount(0);
    await keys.press('h');
    await expect(dialog.getByRole('row')).toHaveCount(2);
    await expect(dialog.getByText('Dr Ada')).toHaveCount(0);
    await keys.press('Escape');
    // The report is of both reads.
    await keys.press('Control+p');
    await expect(dialog).toContainText('finish your second read first');
    await expect(dialog.getByRole('button', { name: /Write|Sign/ })).toHaveCount(0);
    await expect(dialog).not.toContainText('not finished');
    await keys.press('Escape');
    await paper(page).focus();
    await say('aoou');
    await picture('blind');
    await keys.press('Shift+H');
    await expect(page.getByText('Differences')).toHaveCount(0);

    await keys.press('Shift+B');
    await keys.press('Enter');
    await expect(dialog.getByText(/of 4 the same/).first()).toBeVisible();
    await picture('agreement');

    // Only what differs, one side or neither, by key.
    await keys.press('Enter');
    await expect(dialog).toHaveCount(0);
    const rows = page.locator('.differences .event');
    const all = await rows.count();
    expect(all).toBeGreaterThan(0);
    await expect(page.getByText(`0 of ${all} settled`)).toBeVisible();
    await picture('differences');
    for (let i = 1; i <= all; i++) {
      await decide(page, i === 1 ? '2' : i === 2 ? '1' : 'u');
      await expect(page.getByText(`${i} of ${all} settled`)).toBeVisible();
    }
    await keys.press('z');
    await expect(page.getByText(`${all - 1} of ${all} settled`)).toBeVisible();
    await keys.press('y');
    await expect(page.getByText(`${all} of ${all} settled`)).toBeVisible();
    await picture('settled');
    await keys.press('Shift+H');
    await expect(page.locator('.differences')).toHaveCount(0);
  });
});
