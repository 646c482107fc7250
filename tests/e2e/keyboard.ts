import { expect, type Page } from '@playwright/test';
import { decide, paper } from './viewer';

export type Keyboard = ReturnType<typeof keyboardOf>;

/** Counts keys, and the time that passes until what they ask for is there. */
export function keyboardOf(page: Page) {
  let acts = 0;
  let waitedMs = 0;
  return {
    async press(key: string): Promise<void> {
      acts++;
      // One that decides is pressed again where the walk had not come to what it shows.
      if (/^(Shift\+)?[AOU1-5]$/i.test(key)) await this.until(() => decide(page, key));
      else await page.keyboard.press(key);
    },
    /** A text is one act, however long. */
    async type(text: string): Promise<void> {
      acts++;
      await page.keyboard.type(text);
    },
    async until(shown: () => Promise<unknown>): Promise<void> {
      const from = Date.now();
      await shown();
      waitedMs += Date.now() - from;
    },
    said: () => `${acts} acts, ${(waitedMs / 1000).toFixed(1)} s waited`,
    get acts() {
      return acts;
    },
  };
}

/** Goes to the Beats tab and into its forms with keys alone. */
export async function toForms(
  page: Page,
  keys: { press: (key: string) => Promise<void> } = page.keyboard,
): Promise<void> {
  const press = (key: string): Promise<void> => keys.press(key);
  await paper(page).focus();
  const focused = (selector: string): Promise<boolean> =>
    page.evaluate((at) => document.activeElement?.matches(at) ?? false, selector);
  for (let i = 0; i < 4 && !(await focused('nav *')); i++) await press('F6');
  for (let i = 0; i < 12 && !(await focused('[role=tab]')); i++) await press('Tab');
  const tab = page.getByRole('tab', { name: /^Beats/ });
  for (let i = 0; i < 4 && (await tab.getAttribute('aria-selected')) !== 'true'; i++)
    await press('ArrowRight');
  await expect(page.getByRole('option').first()).toBeVisible();
  for (let i = 0; i < 4 && !(await focused('main [role=option]')); i++) await press('F6');
  await expect(page.locator('main [role=option]:focus')).toHaveCount(1);
}

/** Waits until a form that was not seen is in hand: a key pressed before is about the one that was. */
export async function unseenInHand(page: Page): Promise<void> {
  const inHand = page.locator('main [role=option][aria-selected=true]').first();
  await expect(inHand).toHaveAttribute('aria-label', /not seen/);
}
