import type { Page } from '@playwright/test';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { made } from './analysed-records';
import { expectFrames, scrollFrames } from './frames';
import { clickRecord, expect, paper, test as base } from './viewer';

/** `FIDUCIAL_DAY=1 npx playwright test day-record` takes ten minutes or so; `FIDUCIAL_DAY_MINUTES` changes it. */
const MINUTES = Number(process.env['FIDUCIAL_DAY_MINUTES'] ?? 5);

const writeDay = (folder: string): Promise<unknown> =>
  writeSyntheticRecord(folder, {
    name: 'day',
    durationS: 24 * 3600,
    rateHz: 250,
    leads: 3,
    seed: 24,
    format: 16,
  });

const test = base.extend({
  records: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => use([await made('day-record', 'day', writeDay)]),
    { scope: 'test', timeout: 600_000 },
  ],
});
test.use({ hostName: 'day-record' });

/** Live JavaScript heap after a full collection, bytes. */
async function heapBytes(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}

test.describe('a day of three leads', () => {
  test.skip(!process.env['FIDUCIAL_DAY'], 'FIDUCIAL_DAY is not set');

  test('shows its first trace soon, scrolls, and takes no more memory', async ({
    viewer: page,
  }) => {
    test.setTimeout((MINUTES + 15) * 60_000);
    const clickedMs = await clickRecord(page, 'day');
    await expect(paper(page)).toBeVisible();
    await expect(page.getByText('Reading the signal')).toHaveCount(0);
    const firstMs = Date.now() - clickedMs;
    console.log(`first trace of 24 h ${firstMs} ms after the click`);
    const budget = process.env['FIDUCIAL_FRAME_MS'];
    if (budget) expect(firstMs).toBeLessThan(1000);

    await expect(page.getByText(/analysis done in/)).toBeVisible({ timeout: 600_000 });
    await paper(page).focus();
    await page.keyboard.press('n');
    await page.waitForTimeout(1500);
    expectFrames('24 h', await scrollFrames(page, 300));

    // A page per second or so, so that five minutes go through an hour of the recording.
    const untilMs = (minutes: number): number => startedMs + minutes * 60_000;
    const startedMs = Date.now();
    let afterOne = 0;
    while (Date.now() < untilMs(MINUTES)) {
      await scrollFrames(page, 120, 12);
      if (afterOne === 0 && Date.now() >= untilMs(1)) afterOne = await heapBytes(page);
    }
    const afterAll = await heapBytes(page);
    const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
    console.log(`heap after 1 min ${mb(afterOne)} MB, after ${MINUTES} min ${mb(afterAll)} MB`);
    expect(afterAll).toBeLessThan(1.1 * afterOne);
  });
});
