import { seriousInBothThemes } from './axe';
import { expect, openDemo, openTab, paper, positionS, settledS, test } from './viewer';

test('axe finds nothing serious, in the light and in the dark', async ({ viewer: page }) => {
  expect(await seriousInBothThemes(page), 'empty state').toEqual([]);
  await openDemo(page);
  await page.keyboard.press('n');
  await page.waitForTimeout(500);
  expect(await seriousInBothThemes(page), 'review').toEqual([]);
  for (const key of ['?', 'l', 'k', 'g', 'h', 's', 'Control+p']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousInBothThemes(page), `dialog ${key}`).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Menu' }).click();
  expect(await seriousInBothThemes(page), 'menu').toEqual([]);
});

test('every field has an edge of 3:1 against what it stands on, in the light and in the dark', async ({
  viewer: page,
}) => {
  const faint = (): Promise<string[]> => page.evaluate(faintFields);
  await openDemo(page);
  const seen: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faint(), colorScheme).toEqual([]);
    for (const key of ['Control+,', 'Control+p', 'l', 'g', 's', 'x', 'k']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      seen.push(...(await page.locator('dialog .field, dialog select').allTextContents()));
      expect(await faint(), `${colorScheme}, dialog ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'Worklist', exact: true }).click();
    expect(await faint(), `${colorScheme}, worklist`).toEqual([]);
    await openDemo(page);
  }
  expect(seen.length).toBeGreaterThan(10);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('works from 1024x700: paper, verdict and decision are in sight', async ({ viewer: page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openDemo(page);
  await page.keyboard.press('n');
  for (const part of [
    paper(page),
    page.getByRole('button', { name: /^Confirm/ }),
    page.getByRole('heading', { name: 'Whole recording' }),
    page.getByRole('button', { name: 'Menu' }),
  ])
    await expect(part).toBeInViewport({ ratio: 0.95 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

test('at 200 % of 1440 by 900 the page is scrolled: paper, decision and menu keep their room', async ({
  viewer: page,
}) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await openDemo(page);
  await page.keyboard.press('n');
  const { width, height } = (await paper(page).boundingBox())!;
  expect(width).toBeGreaterThan(400);
  expect(height).toBeGreaterThan(150);
  for (const part of [
    paper(page),
    page.getByRole('button', { name: /^Confirm/ }),
    page.getByRole('button', { name: 'Menu' }),
  ]) {
    await part.scrollIntoViewIfNeeded();
    await expect(part).toBeInViewport({ ratio: 0.9 });
  }
});

test('a key right after Escape is heard: the dialog that closes takes no other with it', async ({
  viewer: page,
}) => {
  await openDemo(page);
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    // Both keys within one frame.
    await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('s')]);
    await page.evaluate(() => new Promise((next) => setTimeout(next, 100)));
    expect(await dialog.count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('a dialog gives the focus back to where it was: paper, button or menu', async ({
  viewer: page,
}) => {
  await openDemo(page);
  const dialog = page.getByRole('dialog');
  for (const key of ['Control+p', 'Control+,', '?', 'Control+k', 'h', 's', 'x', 'g', 'l', 'k']) {
    await page.keyboard.press(key);
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(paper(page), key).toBeFocused();
  }
  const report = page.getByRole('button', { name: /^Report/ });
  await report.click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(report).toBeFocused();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: /^Settings/ }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused();
});

test('at 1024 wide a whole segment is in sight before it is decided, and closer on wish', async ({
  viewer: page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openDemo(page);
  const speed = (mmPerS: number) => page.locator(`input[name="sweep"][value="${mmPerS}"]`);
  await expect(speed(25)).toBeChecked();
  await openTab(page, 'Segments');
  await page.keyboard.press('n');
  await expect(speed(12.5)).toBeChecked();
  // 96 px per inch: what the paper is drawn in where nobody has calibrated the display.
  const { width } = (await page.locator('.sheet').boundingBox())!;
  const spanS = width / ((12.5 * 96) / 25.4);
  expect(spanS).toBeGreaterThanOrEqual(10);
  const text = (await page.locator('.right .span').first().textContent())!;
  const [fromS, toS] = [...text.matchAll(/(\d+):(\d+(?:\.\d+)?)/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  );
  // The position is told with the next frame of the whole recording.
  await expect.poll(() => positionS(page)).toBeGreaterThanOrEqual(toS! - spanS);
  expect(await settledS(page)).toBeLessThanOrEqual(fromS!);
  // The reader may look closer, and the next segment is whole again.
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  await expect(speed(50)).toBeChecked();
  await page.keyboard.press('n');
  await expect(speed(12.5)).toBeChecked();
  await openTab(page, 'Events');
  await expect(speed(50)).toBeChecked();
  // The settings are those of the next test's viewer as well.
  await page.keyboard.press('[');
  await expect(speed(25)).toBeChecked();
});

/** Runs in the page: fields whose edge is less than 3:1 against what is behind them. */
function faintFields(): string[] {
  const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = numbers(colour).map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string => {
    const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
    const alpha = numbers(colour)[3] ?? 1;
    return element && alpha < 1 ? behind(element.parentElement) : colour;
  };
  const fields =
    'textarea, select, input:not([type=checkbox], [type=radio], [type=file], [type=range])';
  return [...document.querySelectorAll<HTMLElement>(fields)].flatMap((field) => {
    const { width } = field.getBoundingClientRect();
    if (width < 2 || field.closest('[inert]')) return [];
    const edge = light(getComputedStyle(field).borderTopColor);
    const ground = light(behind(field.parentElement));
    const ratio = (Math.max(edge, ground) + 0.05) / (Math.min(edge, ground) + 0.05);
    return ratio >= 3 ? [] : [`${field.outerHTML.slice(0, 80)} ${ratio.toFixed(2)}`];
  });
}
