import type { Locator, Page } from '@playwright/test';
import { decide, expect, openDemo, paper, rowOf, test } from './viewer';

test.use({ hostName: 'connection', expectedErrors: /ERR_|Failed to load|40[13]/ });

test('a lost host is said, and its return; then decisions are saved again', async ({
  viewer: page,
  host,
}) => {
  await openDemo(page);
  await host.kill();
  const banner = page.getByRole('status').filter({ hasText: /Connection|Connected/ });
  await expect(banner).toContainText('lost');
  // In a row of its own, also where the window is narrow: what is read goes on below it.
  const bottomOf = async (box: Locator): Promise<number> => {
    const { y, height } = (await box.boundingBox())!;
    return y + height;
  };
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ]) {
    await page.setViewportSize(size);
    const main = page.getByRole('main');
    await expect(banner).toBeVisible();
    expect((await main.boundingBox())!.y).toBeGreaterThanOrEqual(await bottomOf(banner));
    expect(await bottomOf(page.getByRole('banner'))).toBeLessThanOrEqual(
      (await banner.boundingBox())!.y,
    );
  }
  await host.restart();
  await expect(banner).toContainText('Connected again');
  await page.keyboard.press('n');
  await decide(page, 'a');
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await expect(page.getByText('Connected again')).toHaveCount(0);
});

/** Tells a page that it is behind another one, or in front again. */
async function putBehind(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('more pages than a browser has connections can be open, and one that comes to the front catches up', async ({
  viewer: page,
  context,
  host,
}) => {
  await openDemo(page);
  await page.getByRole('button', { name: 'Worklist', exact: true }).click();
  const decided = async (): Promise<number> =>
    Number(/(\d+) \/ \d+/.exec((await rowOf(page, 'demo').textContent()) ?? '')![1]);
  const before = await decided();
  await putBehind(page, true);
  let front = page;
  for (let i = 0; i < 6; i++) {
    front = await context.newPage();
    await front.goto(host.url);
    await expect(front.getByText(/analysis done in/)).toBeVisible();
    if (i < 5) await putBehind(front, true);
  }
  await expect(front.locator('.event[aria-current="true"]')).toBeVisible();
  await paper(front).focus();
  await front.keyboard.press('Shift+n');
  await decide(front, 'u');
  await expect(front.getByText(/^Saved/).first()).toBeVisible();
  expect(await decided()).toBe(before);
  await putBehind(front, true);
  await putBehind(page, false);
  await expect.poll(decided).toBe(before + 1);
});

test('two pages of one recording show each other what was decided, also one that was behind', async ({
  viewer: page,
  context,
  host,
}) => {
  await openDemo(page);
  const other = await context.newPage();
  await other.goto(host.url);
  await expect(other.getByText(/analysis done in/)).toBeVisible();
  await expect(other.locator('.event[aria-current="true"]')).toBeVisible();
  const decided = async (of: Page): Promise<number> =>
    Number(/(\d+) of/.exec((await of.getByText(/\d+ of \d+ events? decided$/).textContent())!)![1]);
  const before = await decided(page);
  expect(await decided(other)).toBe(before);
  await paper(other).focus();
  await other.keyboard.press('Shift+n');
  await decide(other, 'u');
  await expect.poll(() => decided(other)).toBe(before + 1);
  await expect.poll(() => decided(page)).toBe(before + 1);

  await putBehind(page, true);
  await other.keyboard.press('z');
  await expect.poll(() => decided(other)).toBe(before);
  await putBehind(page, false);
  await expect.poll(() => decided(page)).toBe(before);
});
