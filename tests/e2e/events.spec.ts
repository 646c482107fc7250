import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decide, drawn, expect, openRecord, openTab, paper, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const RECORD = join(DATA, 'mitdb/208');

test.use({ records: existsSync(`${RECORD}.hea`) ? [RECORD] : [], hostName: 'events' });

test.describe('events of half an hour', () => {
  test.skip(!existsSync(`${RECORD}.hea`), `no reference data at ${DATA}`);

  test('are settled by keyboard alone, one decision each, and stand when it is opened again', async ({
    viewer: page,
  }) => {
    await openRecord(page, '208');
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    await paper(page).focus();
    const progress = page.getByText(/\d+ of \d+ events? decided$/);
    await expect(progress).toBeVisible();
    const read = async () => {
      const [, decided, all] = /(\d+) of (\d+)/.exec((await progress.textContent())!)!;
      return { decided: Number(decided), all: Number(all) };
    };
    const { all } = await read();
    expect(all).toBeGreaterThan(1);
    // The first event is in hand without a key.
    const chosen = page.locator('.event[aria-current="true"]');
    await expect(chosen).toBeVisible();

    let acts = 0;
    let waitedMs = 0;
    const press = async (key: string): Promise<void> => {
      acts++;
      await decide(page, key);
    };
    for (let i = 1; i <= all; i++) {
      const before = Date.now();
      // The last is rejected, and said to be an artefact.
      if (i === all) {
        await press('o');
        // What it is instead is there to be read.
        const cut = await page
          .getByRole('group', { name: 'What it is instead' })
          .getByRole('button')
          .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
        expect(cut).toBe(0);
        await press('1');
      } else await press(i % 4 === 0 ? 'u' : 'a');
      await expect.poll(async () => (await read()).decided, { intervals: [20] }).toBe(i);
      waitedMs += Date.now() - before;
    }
    console.log(
      `208: ${all} events settled in ${acts} acts, ${(waitedMs / 1000).toFixed(1)} s waited`,
    );
    expect(acts).toBeLessThanOrEqual(40);

    // The same key again changes nothing and moves on; only undo takes a decision back.
    await press('Home');
    await page.keyboard.press('p');
    const state = await chosen.getAttribute('aria-label');
    await decide(page, /confirmed/.test(state!) ? 'a' : 'u');
    expect((await read()).decided).toBe(all);
    await page.keyboard.press('z');
    await expect.poll(async () => (await read()).decided).toBe(all - 1);
    await page.keyboard.press('y');
    await expect.poll(async () => (await read()).decided).toBe(all);
    await expect(page.getByRole('status').filter({ hasText: /Saved \d\d:/ })).toBeVisible();

    await page.reload();
    await expect.poll(async () => (await read()).decided).toBe(all);
    await expect(page.getByRole('status').filter({ hasText: /decided,\s+last/ })).toBeVisible();

    // The walk in time: an hour opens its first ventricular beat.
    await openTab(page, 'Hours');
    await page
      .getByRole('button', { name: /ventricular beats: show the first/ })
      .first()
      .click();
    await expect(page.getByRole('complementary', { name: 'In hand' })).toContainText(/bpm/);
  });

  test('no key that is held, no double click and no key of another tab decides what was not looked at', async ({
    viewer: page,
  }) => {
    await openRecord(page, '208');
    await expect(page.getByText(/analysis done in/)).toBeVisible();
    const progress = page.getByText(/\d+ of \d+ events? decided$/);
    await expect(progress).toBeVisible();
    const decided = async () => Number(/(\d+) of/.exec((await progress.textContent())!)![1]);
    const report = page.getByRole('button', { name: /^Report/ });
    while ((await decided()) > 0) {
      const before = await decided();
      await page.keyboard.press('z');
      await expect.poll(decided).not.toBe(before);
    }
    // The count of strips follows an act in its own time; that of a page which has just come is of what stands.
    await page.reload();
    await expect(progress).toBeVisible();
    await expect(report).toHaveText(/\d+ strips/);
    const strips = (await report.textContent())!;
    const saved = (): Promise<void> =>
      expect(page.getByRole('status').filter({ hasText: /^Saved/ })).toBeVisible();

    await page.locator('.event').first().click();
    await paper(page).focus();
    await drawn(page);
    await page.keyboard.down('a');
    for (let i = 0; i < 3; i++) await page.keyboard.down('a');
    await page.keyboard.up('a');
    await expect.poll(decided).toBe(1);
    await saved();
    expect(await decided()).toBe(1);

    const confirm = page.getByRole('button', { name: /^Confirm/ });
    await drawn(page);
    await confirm.dblclick();
    await expect.poll(decided).toBe(2);
    await saved();
    expect(await decided()).toBe(2);
    await confirm.focus();
    await drawn(page);
    await page.keyboard.down('Enter');
    for (let i = 0; i < 3; i++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(decided).toBe(3);
    await saved();
    expect(await decided()).toBe(3);
    for (let i = 3; i > 1; i--) {
      await page.keyboard.press('z');
      await expect.poll(decided).toBe(i - 1);
    }

    // What the paper and the event in hand are for has no key where neither is in sight.
    await openTab(page, 'Beats');
    await expect(page.getByRole('option').first()).toBeVisible();
    for (const key of ['Shift+A', 'i', 'Shift+I']) await decide(page, key);
    await openTab(page, 'Events');
    await expect(progress).toBeVisible();
    await saved();
    expect(await decided()).toBe(1);
    await expect(report).toHaveText(strips);
  });

  test('no key decides on an event whose signal is not drawn yet, and it does once it is', async ({
    viewer: page,
  }) => {
    await openRecord(page, '208');
    const progress = page.getByText(/\d+ of \d+ events? decided$/);
    await expect(progress).toBeVisible();
    const decided = async () => Number(/(\d+) of/.exec((await progress.textContent())!)![1]);
    await expect(page.locator('.event[aria-current="true"]')).toBeVisible();
    await drawn(page);
    const before = await decided();

    // What is read from here on comes late, as from a slow disk.
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/traces\.tile/, async (route) => {
      await released;
      await route.continue();
    });
    const reading = page.getByText('Reading the signal …');
    // Some events are beside those that are drawn.
    await expect(async () => {
      await page.keyboard.press('Shift+N');
      await expect(reading).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(reading).toBeVisible();
    await paper(page).focus();
    const said = page.getByRole('status').filter({ hasText: 'The signal was not drawn yet' });
    for (const key of ['a', 'u', 'o']) await page.keyboard.press(key);
    await expect(said).toBeVisible();
    await page.getByRole('button', { name: /^Confirm/ }).click();
    await expect(page.getByRole('group', { name: 'What it is instead' })).toHaveCount(0);
    release();
    await expect(reading).toHaveCount(0);
    expect(await decided()).toBe(before);
    await decide(page, 'a');
    await expect.poll(decided).toBe(before + 1);
    await expect(said).toHaveCount(0);
    await page.keyboard.press('z');
    await expect.poll(decided).toBe(before);
  });
});
