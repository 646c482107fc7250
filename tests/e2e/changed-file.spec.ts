import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decide, expect, openDemo, paper, rowOf, settledS, test } from './viewer';

test.use({ hostName: 'changed-file', isAnalysed: false });

test('a file that changes while it is open is said and read anew, without what was decided on its former state', async ({
  viewer: page,
  host,
}) => {
  await openDemo(page);
  await page.keyboard.press('n');
  await decide(page, 'a');
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  const path = join(host.root, 'demo.dat');
  const before = await readFile(path);
  const notice = page.getByRole('complementary', { name: 'About this file' });
  // Half of the recording becomes a flat line.
  await writeFile(path, Buffer.from(before).fill(0, before.length >> 1));
  await page.keyboard.press('End');
  await expect(notice).toContainText('The files changed while they were open');
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  // Nothing was decided on this state.
  await page.getByRole('button', { name: 'Worklist', exact: true }).click();
  await expect(rowOf(page, 'demo')).toContainText(/0 \/ \d+/);
});

test('files that go away and come back are read again at the place where the reader was', async ({
  viewer: page,
  host,
}) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown');
  const placeS = await settledS(page);
  expect(placeS).toBeGreaterThan(5);
  const [path, away] = ['demo.hea', 'away'].map((name) => join(host.root, name));
  await rename(path!, away!);
  await page.keyboard.press('PageDown');
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  // Too early: it is said once more.
  await again.click();
  await expect(again).toBeVisible();
  await rename(away!, path!);
  await again.click();
  await expect(paper(page)).toBeVisible();
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  const back = await settledS(page);
  expect(Math.abs(back - placeS)).toBeLessThan(20);
  expect(back).toBeGreaterThan(5);
});
