import { loadavg } from 'node:os';
import type { Page } from '@playwright/test';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { made } from './analysed-records';
import { keyboardOf, toForms, unseenInHand, type Keyboard } from './keyboard';
import { sayLongest, scrollFrames, untilSaid, watchBlocks, type LongestTask } from './frames';
import { clickRecord, expect, paper, test as base } from './viewer';

/**
 * `FIDUCIAL_DAY=1 npx playwright test day-signed` reads a day from opened to signed; `FIDUCIAL_DAY_HOURS` makes it
 * shorter. What it waited and how smoothly it scrolled is printed, with the load of the machine, and decides nothing.
 */
const HOURS = Number(process.env['FIDUCIAL_DAY_HOURS'] ?? 24);
const MOST_ACTS = 150;

const writeDay = (folder: string): Promise<unknown> => {
  const leads = { rateHz: 250, leads: 3, format: 16 } as const;
  return writeSyntheticRecord(folder, {
    name: 'day',
    durationS: HOURS * 3600,
    seed: 24,
    ...leads,
  });
};

const test = base.extend({
  records: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => use([await made('day-signed', 'day', writeDay)]),
    { scope: 'test', timeout: 600_000 },
  ],
});
test.use({ hostName: 'day-signed', isAnalysed: false });

async function figures(page: Page): Promise<number[]> {
  const shown = (await page.locator('.progress').first().textContent())!.replaceAll(
    /[\s\u202f,]/g,
    '',
  );
  return [...shown.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}
const openEvents = async (page: Page): Promise<number> => {
  const [decided, all] = await figures(page);
  return all! - decided!;
};
/** Beats whose form was not seen. */
const unseenBeats = async (page: Page): Promise<number> => {
  const [, , seen, all] = await figures(page);
  return all! - seen!;
};

/** Every form seen, and in the class that it has: one key each. */
async function settleForms(page: Page, keys: Keyboard): Promise<void> {
  await toForms(page, keys);
  for (let left = await unseenBeats(page); left > 0;) {
    const before = left;
    await keys.press('a');
    await keys.until(() =>
      expect
        .poll(async () => (left = await unseenBeats(page)), { intervals: [20], timeout: 120_000 })
        .toBeLessThan(before),
    );
    if (left > 0) await keys.until(() => unseenInHand(page));
  }
}

/** What is urgent by itself, and of the rest of every kind the worst by itself and the others with one key. */
async function settleEvents(page: Page, keys: Keyboard): Promise<void> {
  const together = page.getByRole('button', { name: /^Confirm .+ left/ });
  for (let left = await openEvents(page); left > 0;) {
    const before = left;
    await keys.press((await together.count()) > 0 ? 'Shift+A' : 'a');
    await keys.until(() =>
      expect
        .poll(async () => (left = await openEvents(page)), { intervals: [20], timeout: 120_000 })
        .toBeLessThan(before),
    );
  }
}

test.describe('a day, from opened to signed', () => {
  test.skip(!process.env['FIDUCIAL_DAY'], 'FIDUCIAL_DAY is not set');

  test('by keyboard alone', async ({ viewer: page }) => {
    test.setTimeout(60 * 60_000);
    const say = (text: string): void =>
      console.log(`${HOURS} h: ${text} (load ${loadavg()[0]!.toFixed(1)})`);
    const blocks = await watchBlocks(page);
    const budget = process.env['FIDUCIAL_FRAME_MS'];
    /** Prints the longest task since the last one; held against the design's budget where `expectFrames` is. */
    const longest = async (): Promise<string> => {
      const task: LongestTask = await blocks.longest();
      if (budget) expect(task.cpuMs).toBeLessThan(50);
      return sayLongest(task);
    };
    const keys = keyboardOf(page);
    const dialog = page.getByRole('dialog');
    const clickedMs = await clickRecord(page, 'day');
    await untilSaid(page, '.events .kind');
    say(`first findings ${((Date.now() - clickedMs) / 1000).toFixed(1)} s after the click`);
    await untilSaid(page, '.status', 'analysis done in', 1_800_000);
    await untilSaid(page, '.progress', 'decided');
    say(`read after ${((Date.now() - clickedMs) / 1000).toFixed(0)} s`);
    say(`while it was read: ${await longest()}`);

    await paper(page).focus();
    await keys.press('Control+,');
    await keys.type('Dr A. Reader');
    await keys.press('Enter');
    await expect(dialog).toHaveCount(0);

    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    say(`${await openEvents(page)} events`);
    await settleEvents(page, keys);
    say(`events: ${keys.said()}; ${await longest()}`);
    await settleForms(page, keys);
    say(`forms: ${keys.said()}; ${await longest()}`);

    await keys.press('Control+p');
    await expect(dialog.getByText(/events decided, not signed/)).toBeVisible();
    await expect(dialog.getByLabel('Own words')).toBeFocused();
    await keys.type('Frequent ventricular beats and fibrillation at times. Cardiology to see.');
    await keys.press('Control+Enter');
    // Disabled while what was typed is being written: a key pressed then is lost.
    const sign = dialog.getByRole('button', { name: 'Sign, make final' });
    await keys.until(() => expect(sign).toBeFocused());
    await keys.until(() => expect(sign).toBeEnabled());
    await keys.press('Enter');
    await keys.until(() =>
      expect(dialog.getByText(/signed by Dr A\. Reader/)).toBeVisible({ timeout: 120_000 }),
    );
    say(`to Final: ${keys.said()}; ${await longest()}`);
    expect(keys.acts).toBeLessThanOrEqual(MOST_ACTS);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);

    const scroll = async (what: string, scrolled: string | null): Promise<void> => {
      await page.waitForTimeout(1500);
      await blocks.longest();
      const { p95Ms, cpuMs, moved } = await scrollFrames(page, 200, 18, scrolled);
      expect(moved, `${what}: there is something to scroll`).toBe(true);
      const frames = `frames p95 ${p95Ms.toFixed(1)} ms, main thread ${cpuMs.toFixed(1)} ms a frame`;
      say(`${what}: ${frames}, ${await longest()}`);
    };
    const toTab = (name: string): Promise<void> =>
      page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    await toTab('Beats');
    const form = page.locator('main [role=option]').first();
    await form.dblclick();
    await scroll('beats of the largest form', 'main .open .list');
    await toTab('Hours');
    await scroll('hours', '[role=tabpanel]');
    await toTab('Events');
    await scroll('paper', null);
    // A day of a generator has too few forms for a list of them that scrolls in a large window.
    await page.setViewportSize({ width: 1024, height: 600 });
    await toTab('Beats');
    await scroll('forms', 'main .list');
    await blocks.stop();
  });
});
