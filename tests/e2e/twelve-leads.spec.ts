import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { made } from './analysed-records';
import { expectFrames, scrollFrames } from './frames';
import { decide, expect, openRecord, paper, test as base } from './viewer';

const NAMES = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

/** Twelve leads at 500 Hz: a synthetic record of three leads, four times over. */
async function writeTwelveLeads(dir: string, name: string, durationS: number): Promise<void> {
  await writeSyntheticRecord(dir, {
    name: 'three',
    durationS,
    rateHz: 500,
    leads: 3,
    seed: 12,
    format: 16,
  });
  const [head, ...signals] = (await readFile(join(dir, 'three.hea'), 'utf8')).split('\n');
  const lines = [head!.replace(/^three 3/, `${name} 12`)];
  for (let group = 0; group < 4; group++) {
    const file = `${name}.${group}.dat`;
    await copyFile(join(dir, 'three.dat'), join(dir, file));
    for (let k = 0; k < 3; k++) {
      const fields = signals[k]!.trim().split(' ');
      lines.push([file, ...fields.slice(1, -1), NAMES[3 * group + k]].join(' '));
    }
  }
  await writeFile(join(dir, `${name}.hea`), `${lines.join('\n')}\n`);
}

const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  records: async ({}, use) =>
    use([
      await made('twelve-leads', 'twelve', (dir) => writeTwelveLeads(dir, 'twelve', 600)),
      await made('strip', 'strip', (dir) => writeTwelveLeads(dir, 'strip', 10)),
    ]),
});
test.use({ hostName: 'twelve-leads' });

test('scrolling twelve leads keeps its frames', async ({ viewer: page }) => {
  await openRecord(page, 'twelve');
  await expect(paper(page)).toHaveAttribute('aria-label', /leads I, II, III, aVR.*V6/);
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await paper(page).focus();
  await page.keyboard.press('n');
  await page.waitForTimeout(1500);
  expectFrames('twelve leads', await scrollFrames(page, 300));
});

test('in a window too low for twelve leads the time axis stays in sight', async ({
  viewer: page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await openRecord(page, 'twelve');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  // A recording that was analysed before opens at its first event.
  await paper(page).focus();
  await page.keyboard.press('Home');
  const box = (await paper(page).boundingBox())!;
  const label = page.locator('.ruler span', { hasText: /^00:0\d$/ }).first();
  const inSight = async (): Promise<void> => {
    const at = (await label.boundingBox())!;
    expect(at.y + at.height).toBeLessThanOrEqual(box.y + box.height);
    expect(at.y).toBeGreaterThan(box.y + box.height - 40);
  };
  await expect(label).toBeVisible();
  await inSight();
  await paper(page).evaluate((pane) => pane.scrollTo(0, 1e6));
  await inSight();
  // Folded to a rail, the left column leaves whose recording it is to the bar, where it is whole.
  await page.keyboard.press('\\');
  const name = page.locator('header .who strong');
  await expect(name).toBeVisible();
  expect(
    await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
  ).toBeLessThanOrEqual(0);
});

test('names of leads stand clear of their pulses in every layout, and the cards under a strip are whole', async ({
  viewer: page,
}) => {
  await openRecord(page, 'strip');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await paper(page).focus();
  // With a mark of the reader's own the measurements have a column more.
  await page.keyboard.press('c');
  await decide(page, '3');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Measurements' })).toContainText('your marks');
  const overlaps = () =>
    page.locator('.gutter').evaluate((gutter) => {
      const boxes = (of: string) =>
        [...gutter.querySelectorAll(of)].map((one) => one.getBoundingClientRect());
      const pulses = boxes('path').filter(({ height }) => height > 0);
      return boxes('strong').filter(
        (name) =>
          name.width > 0 &&
          pulses.some((one) => one.top < name.bottom - 2 && name.top < one.bottom),
      ).length;
    });
  for (const layout of ['6 × 2', '12 × 1', 'Cabrera', '3 × 4 + II']) {
    await page.getByText(layout, { exact: true }).click();
    await expect(page.getByRole('radio', { name: layout, exact: true })).toBeChecked();
    await expect.poll(overlaps, layout).toBe(0);
  }
  await paper(page).focus();
  await page.keyboard.press('\\');
  await expect(page.getByRole('tab', { name: /^Events/ })).toBeVisible();
  for (const name of ['Averaged beat', 'Measurements']) {
    const card = page.getByRole('region', { name });
    const beyond = () =>
      card.evaluate((one) =>
        Math.max(
          one.scrollHeight - one.clientHeight,
          ...[...one.querySelectorAll('p, h2')].map(
            (text) => text.getBoundingClientRect().right - one.getBoundingClientRect().right,
          ),
          ...[...one.querySelectorAll('p > *')].map(
            (text) => text.getBoundingClientRect().right - one.getBoundingClientRect().right,
          ),
        ),
      );
    await expect.poll(beyond, name).toBeLessThanOrEqual(0);
  }
  await page.keyboard.press('\\');
});
