import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countInFlight } from './in-flight';
import { documented } from './pictures';
import { decide, expect, openRecord, openTab, paper, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const ALL = ['mitdb/208', 'mitdb/203', 'mitdb/205', 'twelve-lead/HR06002'].map((name) =>
  join(DATA, name),
);
const RECORDS = ALL.filter((record) => existsSync(`${record}.hea`));

test.use({ records: RECORDS, hostName: 'real-record' });

test.describe('real recordings', () => {
  test.skip(RECORDS.length < ALL.length, `no reference data at ${DATA}`);
  test('half an hour with ventricular couplets', async ({ viewer: page }) => {
    await openRecord(page, '208');
    const opened = Date.now();
    await expect(paper(page)).toBeVisible();
    await expect(page.getByText('Reading the signal')).toHaveCount(0);
    console.log(`first trace ${Date.now() - opened} ms after the click`);
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    for (let i = 0; i < 5; i++) await page.keyboard.press('n');
    await page.keyboard.press('r');
    await expect(page.getByText(/overlay: (not )?shown to be reliable here/)).toBeVisible();
    await documented(page, 'real-record.png', 1500);
  });

  test('twelve leads', async ({ viewer: page }) => {
    await openRecord(page, 'HR06002');
    await expect(paper(page)).toBeVisible();
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await expect(paper(page)).toHaveAttribute('aria-label', /leads I, II, III, aVR/);
    await documented(page, 'twelve-leads.png', 1500);
  });

  test('is walked to its last flagged segment by keyboard, undone, overruled and reopened', async ({
    viewer: page,
  }) => {
    test.setTimeout(180_000);
    await openRecord(page, '205');
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await openTab(page, 'Segments');
    const counts = page.locator('.summary');
    const READ = {
      flagged: /flagged \d+\/(\d+)/,
      decided: /flagged (\d+)\//,
      overruled: /(\d+) rejected/,
    };
    const count = async (what: keyof typeof READ) =>
      Number(READ[what].exec((await counts.textContent()) ?? '')?.[1] ?? NaN);
    // The counts come with an answer of their own, a moment after the last verdict.
    await expect.poll(() => count('flagged')).toBeGreaterThan(5);
    const flagged = await count('flagged');

    const inFlight = await countInFlight(page);
    await page.keyboard.press('n');
    for (let i = 1; i <= flagged; i++) {
      await decide(page, i % 3 === 0 ? 'o' : 'a');
      await expect.poll(() => count('decided'), { intervals: [20] }).toBe(i);
    }
    // However fast the walk, pictures leave a connection of the browser's six to the decisions. How many overlays are
    // asked for on the way depends on the machine; the first and the last are.
    await expect.poll(async () => (await inFlight()).explainsSent).toBeGreaterThan(1);
    const most = await inFlight();
    expect(most.explains).toBe(1);
    expect(most.pictures).toBeLessThanOrEqual(3);
    expect(most.all).toBeLessThanOrEqual(6);
    const overruled = Math.floor(flagged / 3);
    expect(await count('overruled')).toBe(overruled);

    for (let i = 1; i <= 3; i++) await page.keyboard.press('z');
    await expect.poll(() => count('decided')).toBe(flagged - 3);
    for (let i = 1; i <= 3; i++) await page.keyboard.press('y');
    await expect.poll(() => count('decided')).toBe(flagged);

    // From the first decided segment to the fourth, with all between, one of them overruled already: counted exactly.
    const list = page.getByRole('region', { name: 'Segments', exact: true });
    await list.getByLabel('Which segments to list').selectOption('decided');
    await list.locator('.list').evaluate((element) => element.scrollTo(0, 0));
    const rows = list.getByRole('button');
    await expect(rows.first()).toBeInViewport();
    await rows.nth(0).click();
    await rows.nth(3).click({ modifiers: ['Shift'] });
    const together = await page.getByText(/\d+ chosen together/).textContent();
    const chosen = Number(/(\d+) chosen/.exec(together!)![1]);
    const before = (await list.locator('.row.chosen').allTextContents()).filter((text) =>
      text.endsWith('✕'),
    ).length;
    expect(chosen).toBeGreaterThanOrEqual(4);
    expect(before).toBeGreaterThanOrEqual(1);
    await decide(page, 'o');
    await expect.poll(() => count('overruled')).toBe(overruled + chosen - before);
    await expect(page.getByRole('status').filter({ hasText: /Saved \d\d:/ })).toBeVisible();
    const found = { decided: await count('decided'), overruled: await count('overruled') };

    await page.reload();
    await openTab(page, 'Segments');
    await expect.poll(() => count('overruled')).toBe(found.overruled);
    expect(await count('decided')).toBe(found.decided);
    await page.keyboard.press('h');
    await expect(page.getByRole('dialog').getByRole('row').nth(flagged)).toBeVisible();
  });
});
