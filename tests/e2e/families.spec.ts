import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { serious } from './axe';
import { toForms, unseenInHand } from './keyboard';
import { documented } from './pictures';
import { expect, openRecord, test } from './viewer';

const DATA = process.env['FIDUCIAL_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
const RECORDS = ['119', '223'].map((name) => join(DATA, 'mitdb', name));
const HAS_DATA = RECORDS.every((record) => existsSync(`${record}.hea`));

test.use({ records: HAS_DATA ? RECORDS : [], hostName: 'families' });

const inHand = (page: Page) => page.getByRole('complementary', { name: 'In hand' });
const said = (page: Page) => page.getByRole('main').getByRole('status');
const form = (page: Page, name: string) =>
  page.getByRole('option', { name: new RegExp(`^${name},`) });

async function analysed(page: Page, name: string): Promise<void> {
  await openRecord(page, name);
  await expect(page.getByText(/analysis done in/)).toBeVisible();
  await expect(page.getByText(/events? decided$|events by form only, in Beats$/)).toBeVisible();
  // Hundreds of ventricular beats are an arrhythmia, also where nothing is left to decide one by one.
  await expect(page.getByText('No arrhythmia flagged')).toHaveCount(0);
}

/** `13 of 13 forms seen, 2 604 of 2 604 beats`, as figures. */
async function progress(page: Page): Promise<{ seen: number; forms: number; left: number }> {
  const text = (await page.getByText(/forms seen/).textContent())!.replaceAll(/[\s\u202f]/g, '');
  const [, seen, forms, beats, of] = /(\d+)of(\d+)formsseen,(\d+)of(\d+)beats/.exec(text)!;
  return { seen: Number(seen), forms: Number(forms), left: Number(of) - Number(beats) };
}

/** Ectopic beats by the table of classes. */
async function ectopic(page: Page): Promise<number> {
  let sum = 0;
  for (const name of ['Ventricular', 'Supraventricular', 'Fusion']) {
    const row = page.getByRole('row', { name: new RegExp(`\\b${name}\\b`) });
    sum += Number((await row.getByRole('cell').nth(1).textContent())!.replaceAll(/\D/g, ''));
  }
  return sum;
}

test.describe('forms of beats', () => {
  test.skip(!HAS_DATA, `no reference data at ${DATA}`);

  test('say what would follow, take beats out, relabel the rest, and take it back as one', async ({
    viewer: page,
  }) => {
    await analysed(page, '223');
    await toForms(page);
    await page.keyboard.press('ArrowRight');
    await expect(form(page, 'V a')).toBeFocused();
    const before = /(\d+) beats/.exec((await form(page, 'V a').getAttribute('aria-label'))!)![1];
    await expect(inHand(page)).toContainText(
      new RegExp(`If you press 1: ${before} beats V to N: \\d+ segments and \\d+ runs would close`),
    );
    await documented(page, 'beats.png');

    // The form opens with the beat that is least alike in hand; two are taken out and stay what they are.
    await page.keyboard.press('Enter');
    const beats = page.getByRole('listbox', { name: /^Beats of V a/ });
    await expect(beats.getByRole('option').first()).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(page.getByText('2 beats taken out')).toBeVisible();
    const left = Number(before) - 2;
    await expect(inHand(page)).toContainText(`If you press 1: ${left} beats V to N`);
    expect(await serious(page), 'an open form').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await expect(said(page)).toContainText(
      new RegExp(`V a: ${left} beats V to N. \\d+ segments and \\d+ runs closed`),
    );
    await expect(form(page, 'V a')).toHaveAttribute('aria-label', /2 beats/);
    // The card that the focus was on is another by now; Tab goes on from the one in hand.
    await expect(page.locator('main [role=option]:focus')).toHaveCount(1);
    // What looks like it is proposed next, with what taking it would do; one key takes it, and one takes it back.
    await expect(inHand(page)).toContainText(/Like N \w+, which you called N: 0\.\d\d/);
    await expect(inHand(page)).toContainText(/Take it: \d+ beats V to N/);
    await documented(page, 'beats-proposal.png');
    expect(await serious(page), 'a proposal').toEqual([]);
    await page.keyboard.press('l');
    await expect(said(page)).toContainText(/V \w+: \d+ beats V to N/);
    await page.keyboard.press('z');
    await expect(inHand(page)).toContainText(/Like N \w+, which you called N/);
    await page.keyboard.press('z');
    await expect(form(page, 'V a')).toHaveAttribute('aria-label', new RegExp(`${before} beats`));

    // One act makes a form of what was taken out, one brings two forms together, and each is undone as one.
    const { forms } = await progress(page);
    await form(page, 'V a').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    await expect.poll(async () => (await progress(page)).forms).toBe(forms - 1);
    await page.keyboard.press('z');
    await expect.poll(async () => (await progress(page)).forms).toBe(forms);
  });

  for (const name of ['119', '223'])
    test(`${name}: half an hour is settled by keyboard in at most 20 acts, and stands`, async ({
      viewer: page,
    }) => {
      await analysed(page, name);
      await toForms(page);
      const beats = await ectopic(page);
      const start = Date.now();
      let acts = 0;
      for (let now = await progress(page); now.left > 0; acts++) {
        const { left } = now;
        await page.keyboard.press('a');
        await expect
          .poll(async () => (now = await progress(page)).left, { intervals: [20] })
          .toBeLessThan(left);
        if (now.left > 0) await unseenInHand(page);
      }
      const { forms } = await progress(page);
      console.log(
        `${name}: ${beats} ectopic beats, ${forms} forms and what is unlike any other settled in ${acts} acts, ${((Date.now() - start) / 1000).toFixed(1)} s waited`,
      );
      expect(acts).toBeLessThanOrEqual(20);
      await page.reload();
      await expect(page.getByText(/events? decided$|events by form only, in Beats$/)).toBeVisible();
      await toForms(page);
      expect((await progress(page)).left).toBe(0);
    });

  test('fit a window of 1024, in the dark too, and are named for those who hear them', async ({
    viewer: page,
  }) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await analysed(page, '223');
    await toForms(page);
    for (const part of [
      page.locator('[role=option][tabindex="0"]'),
      page.getByRole('button', { name: /^N, normal/ }),
      page.getByRole('heading', { name: 'Form', exact: true }),
    ])
      await expect(part).toBeInViewport({ ratio: 0.95 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await serious(page)).toEqual([]);
    await expect(
      page.getByRole('option', { name: /^V a, ventricular, \d+ beats, \d+\.\d % of all/ }),
    ).toHaveCount(1);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toContainText('take a beat out of its form');
  });
});
