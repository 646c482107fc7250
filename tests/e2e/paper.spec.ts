import type { Page } from '@playwright/test';
import { expectFrames, scrollFrames } from './frames';
import { decide, expect, openDemo, paper, test } from './viewer';

/** Positions of 5 mm lines along a row or column of the drawn paper, from its pixels, CSS px. */
async function majorLines(page: Page, along: 'x' | 'y'): Promise<number[]> {
  return page.evaluate((direction) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.sheet canvas')!;
    const { data, width, height } = canvas
      .getContext('2d')!
      .getImageData(0, 0, canvas.width, canvas.height - 40);
    const probe = document.createElement('canvas').getContext('2d')!;
    probe.fillStyle = getComputedStyle(document.documentElement)
      .getPropertyValue('--paper-major')
      .trim();
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
    const length = direction === 'x' ? width : height;
    const depth = direction === 'x' ? height : width;
    const found: number[] = [];
    for (let i = 0; i < length; i++) {
      let hits = 0;
      for (let k = 0; k < depth; k++) {
        const at = 4 * (direction === 'x' ? k * width + i : i * width + k);
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) hits++;
      }
      // A line of the grid runs through; traces and letters cover only part of it.
      if (hits > depth * 0.5) found.push(i);
    }
    return found;
  }, along);
}

const spacing = (lines: number[]): number => (lines.at(-1)! - lines[0]!) / (lines.length - 1);

test('after calibration 25 mm are 25 mm and 10 mm are 10 mm, within 1 %', async ({
  viewer: page,
}) => {
  await openDemo(page);
  // The first minute holds no event, whose tint would lie over the lines of the paper.
  await page.keyboard.press('Home');
  await page.getByRole('group', { name: 'Overlay' }).getByText('Off').click();
  await page.keyboard.press('k');
  // On this display a bank card (85.60 mm) covers 428 px: 5 px per mm.
  await page.getByLabel('Width of the card').fill('428');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.waitForTimeout(800);
  expect(spacing(await majorLines(page, 'x')) / (5 * 5)).toBeCloseTo(1, 2);
  expect(spacing(await majorLines(page, 'y')) / (5 * 5)).toBeCloseTo(1, 2);

  // The time scale: the crosshair reads the same time difference that a ruler would.
  const box = (await paper(page).boundingBox())!;
  const read = async (x: number): Promise<number> => {
    await page.mouse.move(box.x + x, box.y + 200);
    const text = (await page.locator('.status .cursor').textContent())!;
    const [, minutes, seconds] = /(\d+):([\d.]+)/.exec(text)!;
    return Number(minutes) * 60 + Number(seconds);
  };
  const tenSeconds = (await read(700)) - (await read(75));
  expect(tenSeconds / (625 / 125)).toBeCloseTo(1, 2);

  // The gain: the pulse in the gutter is 1 mV, 10 mm. Calipers over 125 px are one second.
  const pulse = page.locator('.gutter path[d^="M"]').first();
  const pulsePx = await pulse.evaluate((path) => (path as SVGPathElement).getBBox().height);
  expect(pulsePx).toBeCloseTo(50, 0);
  await page.keyboard.press('c');
  await page.mouse.move(box.x + 300, box.y + 150);
  await page.mouse.down();
  await page.keyboard.down('Alt');
  await page.mouse.move(box.x + 425, box.y + 200, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await decide(page, '5');
  const status = page.locator('.status .mark');
  await expect(status).toContainText(/RR \d+ ms, \d+ bpm/);
  const [, ms, bpm] = /RR (\d+) ms, (\d+) bpm/.exec((await status.textContent())!)!;
  expect(Math.abs(Number(ms) - 1000)).toBeLessThanOrEqual(10);
  expect(Math.abs(Number(bpm) - 60)).toBeLessThanOrEqual(1);
  await decide(page, 'Delete');
  await page.keyboard.press('k');
  await page.getByRole('button', { name: 'Default' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
});

test('scrolling two leads with beats, verdicts and overlay keeps its frames', async ({
  viewer: page,
}) => {
  await openDemo(page);
  await page.keyboard.press('n');
  await page.waitForTimeout(1000);
  expectFrames('two leads', await scrollFrames(page, 300));
});
