import { documented } from './pictures';
import { decide, expect, openDemo, openTab, paper, positionS, settledS, test } from './viewer';

test.use({ hostName: 'review', isAnalysed: false });

test('open, scroll, jump to a flagged segment, switch overlays', async ({ viewer: page }) => {
  await openDemo(page);
  await expect(page.getByText('synthetic').first()).toBeVisible();
  await page.keyboard.press('Home');
  await expect.poll(() => positionS(page)).toBe(0);

  await paper(page).hover();
  await page.mouse.wheel(0, 600);
  await expect.poll(() => positionS(page)).toBeGreaterThan(4);
  await page.keyboard.press('Home');
  await expect.poll(() => positionS(page)).toBe(0);
  await page.keyboard.press('PageDown');
  // A page is what the paper shows beside the names of the leads: 8.5 s here, less one large square.
  await expect.poll(() => positionS(page)).toBeGreaterThan(7);
  await page.keyboard.press('End');
  await expect.poll(() => positionS(page)).toBeGreaterThan(585);
  await page.keyboard.press('Home');

  await page.keyboard.press('Shift+n');
  const hand = page.getByRole('complementary', { name: 'In hand' });
  await expect(
    hand
      .getByRole('heading', { name: 'Finding' })
      .or(hand.getByText(/needs you/))
      .first(),
  ).toBeVisible();
  await openTab(page, 'Segments');
  await page.keyboard.press('n');
  await expect(hand.getByText(/the network says Abnormal/)).toBeVisible();
  await expect(hand.getByText(/probability \d\.\d\d/)).toBeVisible();
  await expect(hand.getByText(/overlay: (not )?shown to be reliable here/)).toBeVisible();
  await page.mouse.move(5, 500);
  await documented(page, 'review.png', 400);

  const overlay = page.getByRole('group', { name: 'Overlay' });
  const sheet = page.locator('.sheet canvas');
  const shot = async (): Promise<string> => (await sheet.screenshot()).toString('base64');
  // Pictures are compared by equality alone: a difference of two is of no use to a reader of the log.
  const changedFrom = (before: string) =>
    expect.poll(async () => (await shot()) !== before, { message: 'the paper changes' });
  const withAttention = await shot();
  await overlay.getByText('Off').click();
  await changedFrom(withAttention).toBe(true);
  const without = await shot();
  await overlay.getByText('Evidence').click();
  await changedFrom(without).toBe(true);
  await documented(page, 'overlay.png');
  await overlay.getByText('Attention').click();
});

test('the list of segments is full to its foot, however high the window', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openTab(page, 'Segments');
  await page.getByLabel('Which segments to list').selectOption('all');
  const list = page.getByRole('region', { name: 'Segments', exact: true }).locator('.list');
  const emptyPx = () =>
    list.evaluate((element) => {
      const bottoms = [...element.querySelectorAll('button')].map(
        (row) => row.getBoundingClientRect().bottom,
      );
      return element.getBoundingClientRect().bottom - Math.max(...bottoms);
    });
  await expect.poll(emptyPx).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('the overview shows every cell and goes where it is clicked', async ({ viewer: page }) => {
  await openDemo(page);
  const map = page.getByRole('slider', { name: 'Position in the recording' });
  const box = (await map.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.6, box.y + 40);
  await expect.poll(() => positionS(page)).toBeGreaterThan(60);
  await page.keyboard.press('r');
  await documented(page, 'overview.png', 400);

  // Drawn anew with the window: never a stretched picture of the old size.
  const sizes = () =>
    map.locator('canvas').evaluate((canvas: HTMLCanvasElement) => ({
      drawn: `${canvas.width}x${canvas.height}`,
      shown: `${canvas.clientWidth}x${canvas.clientHeight}`,
    }));
  await page.setViewportSize({ width: 1100, height: 720 });
  await expect.poll(async () => (await sizes()).drawn === (await sizes()).shown).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('decide, undo, redo with the keyboard alone, and find it again', async ({ viewer: page }) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  await openTab(page, 'Segments');
  const counts = page.locator('.summary');
  await expect(counts).toContainText(/flagged 0\/[1-9]\d*/);

  await page.keyboard.press('n');
  const first = await settledS(page);
  await decide(page, 'a');
  await expect(page.getByRole('status').filter({ hasText: /Saved \d\d:\d\d:\d\d/ })).toBeVisible();
  await expect(counts).toContainText('flagged 1/');
  // The next undecided segment is on the paper at once.
  await expect.poll(() => positionS(page)).toBeGreaterThan(first);
  await decide(page, 'o');
  await expect(counts).toContainText('flagged 2/');
  await expect(counts).toContainText('1 rejected');

  await page.keyboard.press('z');
  await expect(counts).toContainText('flagged 1/');
  await page.keyboard.press('y');
  await expect(counts).toContainText('flagged 2/');

  await page.reload();
  await openTab(page, 'Segments');
  await expect(counts).toContainText('flagged 2/');
  await expect(counts).toContainText('1 rejected');
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog').getByRole('row')).toHaveCount(5);
});

test('several segments are chosen together and decided at once', async ({ viewer: page }) => {
  await openDemo(page);
  await openTab(page, 'Segments');
  const list = page.getByRole('region', { name: 'Segments', exact: true });
  await list.getByLabel('Which segments to list').selectOption('all');
  const rows = list.getByRole('button');
  await rows.nth(3).click();
  await rows.nth(6).click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 chosen together')).toBeVisible();
  await decide(page, 'u');
  await list.getByLabel('Which segments to list').selectOption('unsure');
  await expect(rows).toHaveCount(4);
  await page.keyboard.press('z');
  await expect(rows).toHaveCount(0);
});

test('blind-first hides the verdict until the reader has decided', async ({ viewer: page }) => {
  await openDemo(page);
  await openTab(page, 'Segments');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+n');
  await page.keyboard.press('b');
  const hand = page.getByRole('complementary', { name: 'In hand' });
  await expect(hand.getByText('Your reading first')).toBeVisible();
  await expect(hand.getByText(/probability/)).toHaveCount(0);
  await expect(hand.getByRole('button', { name: /^Abnormal/ })).toBeVisible();
  // How many are flagged would say it for most of them.
  await expect(page.getByText(/\d flagged|flagged \d/)).toHaveCount(0);
  await decide(page, 'a');
  await page.keyboard.press(',');
  await expect(hand.getByText(/probability \d/)).toBeVisible();
  await page.keyboard.press('z');
  await page.keyboard.press('b');
  await expect(hand.getByText('Your reading first')).toHaveCount(0);
});

test('a beat is classed, moved, deleted and brought back by hand', async ({ viewer: page }) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('d');
  const tools = page.getByRole('toolbar', { name: /^Beat at/ });
  await expect(tools).toHaveAttribute('aria-label', /, N$/);
  await decide(page, '3');
  await expect(tools).toHaveAttribute('aria-label', /, V$/);
  const before = await tools.getAttribute('aria-label');
  await decide(page, '>');
  await expect(tools).not.toHaveAttribute('aria-label', before!);
  await decide(page, 'Delete');
  await expect(tools).toHaveCount(0);
  // Three undos: the deletion, the move, the class.
  for (let i = 0; i < 3; i++) await page.keyboard.press('z');
  await page.keyboard.press('d');
  await expect(tools).toHaveAttribute('aria-label', /, N$/);
  await page.keyboard.press('Escape');
  await expect(tools).toHaveCount(0);
});

test('the report is written and can be saved', async ({ viewer: page }) => {
  test.slow();
  await openDemo(page);
  await page.keyboard.press('Control+p');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reader').fill('E2E Reader');
  await dialog.getByRole('button', { name: 'Write the report' }).click();
  await expect(dialog.getByRole('status')).toContainText(/\.pdf, \d+ kB/, { timeout: 180_000 });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /Save PDF/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});

test('a folder scan fills its table, with a reason for what cannot be read', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Choose a folder/ }).click();
  await expect(dialog.getByText(/3 of 3 records.*done/)).toBeVisible();
  await expect(dialog.getByRole('row').filter({ hasText: 'broken.hea' })).toBeVisible();
  await dialog.getByRole('button', { name: 'demo' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
