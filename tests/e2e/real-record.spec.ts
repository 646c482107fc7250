import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, openRecord, paper, SCREENSHOTS, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const ALL = ['mitdb/208', 'mitdb/203', 'twelve-lead/HR06002'].map((name) => join(DATA, name));
const RECORDS = ALL.filter((record) => existsSync(`${record}.hea`));

test.use({ records: RECORDS });

test.describe('real recordings', () => {
  test.skip(RECORDS.length < ALL.length, `no reference data at ${DATA}`);
  test('half an hour with ventricular couplets', async ({ viewer: page }) => {
    await openRecord(page, '208');
    const opened = Date.now();
    await expect(paper(page)).toBeVisible();
    await expect(page.getByText('Reading the signal')).toHaveCount(0);
    console.log(`first trace ${Date.now() - opened} ms after the click`);
    await expect(page.getByText(/analysis done in/)).toBeVisible({ timeout: 60_000 });
    for (let i = 0; i < 5; i++) await page.keyboard.press('n');
    await page.keyboard.press('r');
    await expect(page.getByText(/faithful/)).toBeVisible();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(SCREENSHOTS, 'real-record.png') });
  });

  test('twelve leads', async ({ viewer: page }) => {
    await openRecord(page, 'HR06002');
    await expect(paper(page)).toBeVisible();
    await expect(page.getByText(/analysis done in/)).toBeVisible({ timeout: 60_000 });
    await expect(paper(page)).toHaveAttribute('aria-label', /leads I, II, III, aVR/);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(SCREENSHOTS, 'twelve-leads.png') });
  });
});
