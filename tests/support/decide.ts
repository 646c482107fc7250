import type { Page } from '@playwright/test';

/** Waits until the paper shows its signal: before that keys that decide do nothing. Where there is no paper, nothing. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('section[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/**
 * Presses a key that decides, or that changes a beat, once the signal is drawn. The walk may be on its way to what it has
 * not shown yet: the page says so then, and a reader presses again.
 */
export async function decide(page: Page, key: string): Promise<void> {
  const refused = page.getByText(/this key decided nothing|esta tecla no decidió nada/);
  do {
    await drawn(page);
    await page.keyboard.press(key);
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
  } while ((await refused.count()) > 0);
}
