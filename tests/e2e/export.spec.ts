import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { decide, expect, openDemo, openTab, test } from './viewer';

test.use({ hostName: 'export' });

/** What a button of the dialog lets the browser keep. */
async function saved(page: Page, dialog: Locator, button: string) {
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: button }).click();
  const kept = await download;
  return { name: kept.suggestedFilename(), path: await kept.path() };
}

test('review, tables and annotations are saved, and a review is taken over', async ({
  viewer: page,
}, info) => {
  await openDemo(page);
  await page.keyboard.press('Home');
  await openTab(page, 'Segments');
  await page.keyboard.press('n');
  await decide(page, 'o');
  await expect(page.locator('.summary')).toContainText('1 rejected');
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Export and import' });

  const review = await saved(page, dialog, 'Save review');
  expect(review.name).toBe('demo-review.json');
  const json = await readFile(review.path, 'utf8');
  expect(JSON.parse(json)).toMatchObject({ record: 'demo', format: 'fiducial-review' });
  const segments = await saved(page, dialog, 'Save segments as CSV');
  expect(segments.name).toBe('demo-segments.csv');
  const lines = (await readFile(segments.path, 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 119);
  expect(lines.filter((line) => line.includes(',overrule,'))).toHaveLength(1);
  const beats = await saved(page, dialog, 'Save beats as CSV');
  expect((await readFile(beats.path, 'utf8')).split('\r\n').length).toBeGreaterThan(600);
  const fid = await saved(page, dialog, 'Save beats as WFDB');
  expect(fid.name).toBe('demo.fid');

  // The recording and the report in the forms that others read.
  const edf = await saved(page, dialog, 'Save recording as EDF+');
  expect(edf.name).toBe('demo.edf');
  expect((await readFile(edf.path)).toString('latin1', 192, 196)).toBe('EDF+');
  const wfdb = await saved(page, dialog, 'Save recording as WFDB');
  expect(wfdb.name).toBe('demo.zip');
  await dialog.getByLabel(/Leave out who/).check();
  const fhir = await saved(page, dialog, 'Save report as FHIR');
  expect(fhir.name).toBe('ecg-review.json');
  expect(JSON.parse(await readFile(fhir.path, 'utf8'))).toMatchObject({ resourceType: 'Bundle' });

  // Decisions of one's own are never overwritten.
  const file = info.outputPath('demo-review.json');
  await writeFile(file, json);
  await dialog.locator('input[type=file]').setInputFiles(file);
  await expect(dialog.getByRole('alert')).toBeVisible();
  await writeFile(file, 'no JSON');
  await dialog.locator('input[type=file]').setInputFiles(file);
  await expect(dialog.getByRole('alert')).toContainText('demo-review.json is not JSON');
});

test('the scan table says whose files have changed since', async ({ viewer: page, host }) => {
  await openDemo(page);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Choose a folder/ }).click();
  await expect(dialog.getByText(/3 of 3 records.*done/)).toBeVisible();
  await expect(dialog.getByRole('table').getByText('changed since')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await writeFile(join(host.root, 'broken.hea'), 'broken 1 360 3600\nbroken.dat 16 200/mV\n');
  await page.keyboard.press('s');
  const row = dialog.getByRole('row').filter({ hasText: 'changed since' });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('broken');
  await dialog.getByLabel('Show').selectOption('changed');
  await expect(dialog.getByRole('row')).toHaveCount(2);
});

test('the reader’s name is set once and kept with every decision', async ({ viewer: page }) => {
  await openDemo(page);
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('Reader').fill('E2E Reader');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Reader: E2E Reader. Change' })).toBeVisible();
  await openTab(page, 'Segments');
  await page.keyboard.press('n');
  await decide(page, 'u');
  await expect(page.locator('.summary')).toContainText(/flagged [1-9]\d*\//);
  await page.keyboard.press('h');
  const first = page.getByRole('dialog').getByRole('row').nth(1);
  await expect(first).toContainText('E2E Reader');
});
