import type { Page } from '@playwright/test';
import { decide, expect, openDemo, openRecord, paper, test } from './viewer';

/** Nothing is analysed yet: a first sitting, of which the first test is the beginning. */
test.use({ hostName: 'sitting', isAnalysed: false });

const dialog = (page: Page) => page.getByRole('dialog');

/** Every height that the top of something is at, frame by frame. */
async function watchTop(page: Page, selector: string): Promise<() => Promise<number[]>> {
  await page.evaluate((watched) => {
    const tops: number[] = [];
    const look = (): void => {
      const box = document.querySelector(watched)?.getBoundingClientRect();
      const top = box && Math.round(box.top);
      if (top !== undefined && top !== tops.at(-1)) tops.push(top);
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { tops });
  }, selector);
  return () => page.evaluate(() => (window as unknown as { tops: number[] }).tops);
}

test('while a recording is analysed its tabs stay where they are', async ({ viewer: page }) => {
  await openRecord(page, 'demo');
  await expect(paper(page)).toBeVisible();
  const tops = await watchTop(page, '[role=tablist]');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await expect(page.getByText(/so far/)).toHaveCount(0);
  expect(await tops()).toHaveLength(1);
});

test('a dialog stays where it is while it is filled', async ({ viewer: page }) => {
  await openDemo(page);
  await page.route('**/rpc/review.history', async (route) => {
    await new Promise((later) => setTimeout(later, 500));
    await route.continue();
  });
  await decide(page, 'a');
  await expect(page.getByText(/1 of \d+ events? decided/)).toBeVisible();
  const tops = await watchTop(page, 'dialog[open]');
  await page.keyboard.press('h');
  await expect(dialog(page).getByRole('table').first()).toBeVisible();
  expect(await tops()).toHaveLength(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(page.getByText(/0 of \d+ events? decided/)).toBeVisible();
});

test('the focus is never lost: a note is left, and controls go away with their press', async ({
  viewer: page,
}) => {
  await openDemo(page);
  // A note gives it back to where E was pressed.
  for (const key of ['Escape', 'Control+Enter']) {
    await page.keyboard.press('e');
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
    await page.keyboard.press(key);
    await expect(paper(page), key).toBeFocused();
  }
  const tab = page.getByRole('tab', { name: /^Events/ });
  await tab.focus();
  await page.keyboard.press('e');
  await page.keyboard.press('Escape');
  await expect(tab).toBeFocused();
  // Tools of a beat and of a mark go with what they are about.
  for (const [begin, end] of [
    ['d', /^Let go of the beat/],
    ['c', /^Let go of the mark/],
  ] as const) {
    await paper(page).focus();
    await page.keyboard.press(begin);
    const button = page.getByRole('main').getByRole('button', { name: end }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(button).toHaveCount(0);
    await expect(paper(page), begin).toBeFocused();
  }
});

test('a text that is longer than its field is not cut in silence', async ({ viewer: page }) => {
  await openDemo(page);
  const full = page.getByText(/^Full at 4.000 characters/);
  await page.keyboard.press('e');
  await page.keyboard.insertText('x'.repeat(3999));
  await expect(full).toHaveCount(0);
  await page.keyboard.insertText('xyz');
  await expect(full).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('x'.repeat(4000));
  await page.getByRole('textbox', { name: 'Note' }).fill('');
  await expect(full).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+p');
  await dialog(page).getByLabel('Own words').focus();
  await page.keyboard.insertText('x'.repeat(5000));
  await expect(full).toBeVisible();
  await dialog(page).getByLabel('Own words').fill('');
  await page.keyboard.press('Escape');
});

test('a mark that comes or goes leaves the buttons that decide where they are', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await expect(page.getByRole('button', { name: /^Confirm/ })).toBeVisible();
  const tops = await watchTop(page, '.decision');
  await page.keyboard.press('c');
  await expect(page.locator('#marks-title')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('#marks-title')).toHaveCount(0);
  expect(await tops()).toHaveLength(1);
});

test('a long note leaves a date of the history on one line, and what is pressed is 24 px high', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.keyboard.press('e');
  await page.keyboard.insertText('long words '.repeat(300));
  await page.keyboard.press('Control+Enter');
  await decide(page, 'a');
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await page.keyboard.press('h');
  const date = dialog(page).getByRole('cell').first();
  await expect(date).toContainText(/\d/);
  const width = (await date.boundingBox())!.width;
  expect(width).toBeGreaterThan(110);
  const heights = await dialog(page)
    .locator('summary')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(page.getByText(/0 of \d+ events? decided/)).toBeVisible();
});
