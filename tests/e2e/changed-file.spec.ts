import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decide, expect, openDemo, rowOf, test } from './viewer';

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
