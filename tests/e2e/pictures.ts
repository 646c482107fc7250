import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots');

/** `FIDUCIAL_SCREENSHOTS=1 npx playwright test` makes the pictures of the documents anew; else nobody looks at them. */
const isWanted = process.env['FIDUCIAL_SCREENSHOTS'] === '1';

/** Where a picture of the documents is to go, or null where none is wanted. */
export const placeOf = (name: string): string | null => (isWanted ? join(FOLDER, name) : null);

/** @param settledMs after which the page is as a person sees it */
export async function documented(page: Page, name: string, settledMs = 0): Promise<void> {
  const path = placeOf(name);
  if (path === null) return;
  await page.waitForTimeout(settledMs);
  await page.screenshot({ path });
}
