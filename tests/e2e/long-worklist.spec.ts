import type { Page } from '@playwright/test';
import type { RecordingEntry, Result, WorklistFigures } from '../../src/shared/domain';
import { decode, encode } from '../../src/shared/transport/codec';
import { expect, test } from './viewer';

const ROWS = 3000;
/** The most that a row has to hold: every rule, long numbers, and what is too short to be told. */
const FULL: WorklistFigures = {
  rules: [
    { rule: 'pause', value: 13.77, open: true },
    { rule: 'tachycardia', value: 200, open: true },
    { rule: 'af', value: 86_000, open: true },
    { rule: 'burden', value: 0.61, open: true },
  ],
  worst: { kind: 'ventricular-tachycardia', startS: 10, endS: 14 },
  longestTachycardia: { beats: 1200, rateBpm: 150 },
  fastestRunBpm: 217,
  longestPauseS: 13.77,
  afS: 86_000,
  ventricularPerHour: 2578,
  ventricularShare: 0.61,
  supraventricularPerHour: 12_345,
  lowestBpm: 105,
  highestBpm: 146,
  analysableS: 80_000,
  unreadableShare: 0.216,
  borderline: 132,
  events: 2102,
  decided: 1303,
  reader: null,
};

/** What takes less room than the same of `FULL`. */
const NARROW: Partial<WorklistFigures> = {
  rules: [{ rule: 'tachycardia', value: 4, open: true }],
  longestTachycardia: { beats: 4, rateBpm: 120 },
  longestPauseS: 0,
  borderline: 1,
  events: 3,
  decided: 1,
};

/** Nothing flagged, and nothing that could be judged: words where others have numbers. */
const NOTHING: Partial<WorklistFigures> = {
  rules: [],
  worst: null,
  longestTachycardia: null,
  longestPauseS: 0,
};
const UNJUDGED: Partial<WorklistFigures> = {
  ...NOTHING,
  ...{ judged: { beats: false, af: false }, afS: null, analysableS: 0, unreadableShare: 1 },
  ...{ ventricularPerHour: null, ventricularShare: null, supraventricularPerHour: null },
  ...{ lowestBpm: null, highestBpm: null },
};

/** A worklist of thousands, all with the demo's signal; the recording itself is in the middle. */
async function serveMany(page: Page, rows: number): Promise<void> {
  await page.route('**/rpc/recordings.list', async (route) => {
    const answer = await route.fetch();
    const listed = decode(await answer.body()) as Result<{ entries: RecordingEntry[] }>;
    if (!listed.ok) throw new Error('no worklist');
    const demo = listed.value.entries.find(({ name }) => name === 'demo');
    if (!demo) return route.fulfill({ response: answer });
    const entries = Array.from({ length: rows }, (_, i): RecordingEntry => {
      const id = i === rows / 2 ? demo.recordingId : `${demo.recordingId.slice(0, -4)}${1000 + i}`;
      const share = 0.9 - 0.0002 * i;
      const isShort = i % 2 === 1;
      // The widest numbers, and the longest name, stand far below the first page.
      const isWide = i > 2000;
      const figures: WorklistFigures = {
        ...FULL,
        ventricularShare: share,
        ...(!isWide && NARROW),
        ...(isShort && { ventricularPerHour: null, supraventricularPerHour: null, afS: null }),
        ...(rows < ROWS && [{}, NOTHING, UNJUDGED][i % 3]),
      };
      const name = i === 2001 ? `row${i} of a longer name` : `row${i}`;
      return { ...demo, recordingId: id, name, state: 'analysed', progress: 1, figures };
    });
    await route.fulfill({
      response: answer,
      body: Buffer.from(encode({ ok: true, value: { entries } })),
    });
  });
}

const scroller = (page: Page) => page.locator('section.page .scroll');
const topOf = (page: Page): Promise<number> => scroller(page).evaluate((box) => box.scrollTop);

/** Opens the worklist of thousands. */
async function openMany(page: Page, url: string, rows = ROWS): Promise<void> {
  await serveMany(page, rows);
  await page.goto(url);
  await page
    .getByRole('button', { name: /^(Folder|Open folder …|Carpeta|Abrir carpeta …)$/ })
    .click();
  await expect(page.locator('section.page [data-recording]').first()).toBeVisible();
}

for (const locale of ['en-GB', 'es-ES'])
  test.describe(`a worklist of thousands, ${locale}`, () => {
    test.use({ locale, hostName: `long-worklist-${locale}` });

    test('has every column in sight, heads on one line and rows of one height', async ({
      page,
      host,
    }) => {
      await openMany(page, host.url);
      for (const width of [1024, 1440, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = await scroller(page).evaluate((box) => box.scrollWidth - box.clientWidth);
        expect(sideways, `${width} px`).toBe(0);
        const ends = await page.locator('thead th').evaluateAll((heads) =>
          heads.map((head) => {
            const words = document.createRange();
            words.selectNodeContents(head);
            return Math.round(words.getBoundingClientRect().bottom);
          }),
        );
        expect(new Set(ends).size, `heads end at ${ends.join()}`).toBe(1);
        const heights = await page
          .locator('tr:has([data-recording])')
          .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
        expect(new Set(heights), `${width} px`).toEqual(new Set([39]));
        // What a rule says is not cut.
        const cut = await page
          .locator('.chips')
          .evaluateAll(
            (all) =>
              all.filter(
                (box) =>
                  box.lastElementChild!.getBoundingClientRect().bottom >
                  box.getBoundingClientRect().bottom + 0.5,
              ).length,
          );
        expect(cut, `${width} px`).toBe(0);
      }
    });

    test('says what is not flagged, or not judged, in rows of one height too', async ({
      page,
      host,
    }) => {
      await openMany(page, host.url, 12);
      for (const width of [1024, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = await scroller(page).evaluate((box) => box.scrollWidth - box.clientWidth);
        expect(sideways, `${width} px`).toBe(0);
        const heights = await page
          .locator('tr:has([data-recording])')
          .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
        expect(heights, `${width} px`).toEqual(Array.from({ length: 12 }, () => 39));
      }
    });
  });

test.describe('a worklist of thousands', () => {
  test.use({ hostName: 'long-worklist' });

  test('keeps the width of its columns wherever it is scrolled to', async ({ page, host }) => {
    await openMany(page, host.url);
    const widths = (): Promise<number[]> =>
      page
        .locator('thead th')
        .evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().width));
    for (const width of [1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const first = await widths();
      for (const topPx of [30_000, 80_000, 1e6]) {
        const before = await page.locator('[data-recording]').last().getAttribute('data-recording');
        await scroller(page).evaluate((box, top) => (box.scrollTop = top), topPx);
        await expect(page.locator(`[data-recording="${before}"]`)).toHaveCount(0);
        expect(await widths(), `${width} px wide, ${topPx} px down`).toEqual(first);
      }
      await scroller(page).evaluate((box) => (box.scrollTop = 0));
      await expect(page.locator('[data-recording]').first()).toBeVisible();
    }
  });

  test('stays where it is scrolled to, begins anew in another order, and is come back to', async ({
    page,
    host,
  }) => {
    await openMany(page, host.url);
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    // The row that has the focus goes: the page does not go with it.
    await scroller(page).evaluate((box) => (box.scrollTop = 40_000));
    await page.waitForTimeout(500);
    expect(await topOf(page)).toBe(40_000);
    await page.getByRole('columnheader', { name: /^% V/ }).getByRole('button').click();
    await expect.poll(() => topOf(page)).toBe(0);

    await page.getByRole('searchbox').fill('row15');
    const row = page.getByRole('button', { name: /^row1500\b/ });
    await expect(row).toBeVisible();
    await scroller(page).evaluate((box) => (box.scrollTop = 390));
    await row.evaluate((button: HTMLElement) => button.click());
    await page.getByRole('button', { name: 'Worklist', exact: true }).click();
    await expect(page.getByRole('searchbox')).toHaveValue('row15');
  });
});
