import type { Page } from '@playwright/test';
import { decide, expect, openDemo, paper, test } from './viewer';

test.use({ hostName: 'calipers' });

const measured = (page: Page) => page.locator('.status .mark');
const rows = (page: Page) => page.getByRole('region', { name: 'Marks' }).getByRole('listitem');

/** What the mark in hand says in ms. */
async function inMs(page: Page): Promise<number> {
  const text = (await measured(page).textContent())!;
  return Number(/(\d+) ms/.exec(text)![1]);
}

/** A new mark drawn from one place of the first lane to another, CSS px from the paper's left edge. */
async function drawMark(page: Page, fromPx: number, toPx: number): Promise<void> {
  const box = (await paper(page).boundingBox())!;
  await page.mouse.move(box.x + fromPx, box.y + 150);
  await page.keyboard.press('c');
  await page.mouse.down();
  await page.mouse.move(box.x + toPx, box.y + 150, { steps: 4 });
  await page.mouse.up();
  await expect(measured(page)).toBeVisible();
}

test('a mark is measured by keys, kept, undone, redone, found again and removed', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  await drawMark(page, 200, 260);
  await expect(rows(page)).toHaveCount(1);
  await decide(page, '4');
  await expect(measured(page)).toContainText(/QT \d+ ms, QTcF \d+ ms, QTcB \d+ ms, RR \d+ ms/);
  // Both edges say the signal, with its unit.
  await expect(measured(page)).toContainText(/-?[\d.]+ mV and .*[\d.]+ mV/);

  const before = await inMs(page);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => inMs(page)).toBeGreaterThanOrEqual(before + 8);
  expect(await inMs(page)).toBeLessThanOrEqual(before + 12);
  const later = await inMs(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  // One sample of the demo's 250 or 360 a second; the first edge came nearer.
  await expect.poll(() => inMs(page)).toBeLessThan(later);
  expect(await inMs(page)).toBeGreaterThanOrEqual(later - 5);
  await page.keyboard.press('Escape');
  await expect(measured(page)).toHaveCount(0);
  await expect(paper(page)).toBeFocused();

  const row = rows(page).first();
  const kept = (await row.textContent())!;
  await page.keyboard.press('z');
  await expect(row).not.toHaveText(kept);
  await page.keyboard.press('y');
  await expect(row).toHaveText(kept);

  await page.reload();
  await openDemo(page);
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole('button').first().click();
  await expect(measured(page)).toContainText('QT');
  await decide(page, 'Delete');
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(rows(page)).toHaveCount(1);
});

test('an edge snaps to the R peak unless Alt is held', async ({ viewer: page }) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  await drawMark(page, 300, 420);
  await decide(page, '5');
  const handle = page.getByRole('slider', { name: /^Second edge/ });
  await page.keyboard.press('d');
  // The beat in hand is one of the letters; the edge is brought near it.
  const line = (await page.locator('.sheet .line').boundingBox())!;
  const place = async (): Promise<number> => Number(await handle.getAttribute('aria-valuenow'));
  const drag = async (toPx: number): Promise<void> => {
    const from = (await handle.locator('.grip').boundingBox())!;
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(toPx, from.y, { steps: 5 });
    await page.mouse.up();
  };
  await drag(line.x + 5);
  const first = await place();
  await drag(line.x - 4);
  expect(await place()).toBe(first);
  await page.keyboard.down('Alt');
  await drag(line.x + 5);
  await page.keyboard.up('Alt');
  expect(await place()).not.toBe(first);
  await page.keyboard.press('Escape');
});

test('a key pressed in the note is text', async ({ viewer: page }) => {
  await openDemo(page);
  await page.keyboard.press('n');
  const count = await rows(page).count();
  await page.keyboard.press('e');
  await page.keyboard.type('c 4');
  await expect(page.getByRole('textbox', { name: /note/i })).toHaveValue(/c 4$/);
  expect(await rows(page).count()).toBe(count);
  await page.keyboard.press('Escape');
});

test('Insert adds a beat at the R peak; a drag over letters with Shift takes many, and a key relabels them in one act', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  const box = (await paper(page).boundingBox())!;
  // A beat is taken away, and found again where it was from a place beside it.
  await page.mouse.move(5, 5);
  await page.keyboard.press('d');
  const tools = page.getByRole('toolbar', { name: /^Beat at/ });
  const at = (await tools.getAttribute('aria-label'))!;
  const line = (await page.locator('.sheet .line').boundingBox())!;
  await decide(page, 'Delete');
  await expect(tools).toHaveCount(0);
  // Until the beat is gone, which is when it is said to be saved, Insert takes that one in hand.
  await expect(page.getByRole('status').filter({ hasText: /Saved \d\d:/ })).toBeVisible();
  await page.mouse.move(line.x + 5, box.y + 200);
  await decide(page, 'Insert');
  await expect(tools).toBeVisible();
  const seconds = (label: string): number => Number(/([\d.]+),/.exec(label)![1]);
  const again = (await tools.getAttribute('aria-label'))!;
  expect(Math.abs(seconds(again) - seconds(at))).toBeLessThanOrEqual(0.03);
  await page.keyboard.press('Escape');

  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 60, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 560, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const many = page.getByRole('toolbar', { name: /beats chosen/ });
  await expect(many).toBeVisible();
  const count = Number(/^\d+/.exec((await many.getAttribute('aria-label'))!)![0]);
  expect(count).toBeGreaterThan(2);
  // However long it takes to be stored, what is asked for after the act has it.
  await page.route('**/rpc/review.decide', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await decide(page, '2');
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog').getByRole('row').nth(1)).toContainText(`${count} beats`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(many).toHaveCount(0);
});
