import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, paper, rowOf, test } from './viewer';

test.use({ hostName: 'drops' });

const DEMO = resolve(import.meta.dirname, '../../resources/demo/demo');

/** Drops files as a person does from the file manager. */
async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
): Promise<void> {
  const carried = files.map(({ name, bytes }) => ({ name, text: bytes.toString('latin1') }));
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, text } of given) {
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, carried);
  const target = page.locator('main').first();
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Let go to open')).toBeVisible();
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

/** The demo under another name, as its header then says it. */
async function renamed(name: string, inHeader = name) {
  const [header, signal] = await Promise.all([
    readFile(`${DEMO}.hea`, 'utf8'),
    readFile(`${DEMO}.dat`),
  ]);
  const text = header.replaceAll(/^demo\.dat/gm, `${inHeader}.dat`).replace(/^demo/, inHeader);
  return [
    { name: `${name}.hea`, bytes: Buffer.from(text) },
    { name: `${name}.dat`, bytes: signal },
  ];
}

for (const name of ['rec(1)', 'Müller', 'ECG-Aufnahme_2024.05.01', '心電図']) {
  test(`a recording that is dropped as ${name}.hea is opened`, async ({ viewer: page }) => {
    await drop(page, await renamed(name));
    await expect(paper(page)).toBeVisible();
    await expect(page).toHaveTitle(`${name} – Fiducial`);
  });
}

test('a name that cannot be kept is said, and nothing vanishes', async ({ viewer: page }) => {
  await drop(page, [{ name: 'a\u0001b.edf', bytes: Buffer.from('x') }]);
  await expect(page.getByRole('alert').filter({ hasText: /cannot be kept|edf/ })).toBeVisible();
});

for (const [name, inHeader, why] of [
  ['my rec', 'my rec', 'my rec.hea is not a WFDB header'],
  // As a file manager names a second copy, of which the header still names the first.
  ['demo (1)', 'demo', 'demo (1).hea needs demo.dat: demo.dat does not exist'],
] as const) {
  test(`${name}.hea, which names other files, is told what it lacks`, async ({ viewer: page }) => {
    await drop(page, await renamed(name, inHeader));
    await expect(page.getByRole('alert').filter({ hasText: why })).toBeVisible();
  });
}

test('what a file leaves out is asked for where it is opened, and the worklist says so', async ({
  viewer: page,
}) => {
  const samples = Array.from({ length: 2000 }, (_, i) => Math.sin(i / 30).toFixed(3));
  await drop(page, [{ name: 'left-out.csv', bytes: Buffer.from(samples.join('\n')) }]);
  await expect(page.getByLabel(/^Sampling rate/)).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Worklist' }).click();
  await expect(rowOf(page, 'left-out')).toContainText(
    'left-out.csv gives no sampling rate and no gain. Open it and state it.',
  );
});
