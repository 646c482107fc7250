import type { Page } from '@playwright/test';

/** The most requests that were in flight at one time. */
export interface MostInFlight {
  readonly explains: number;
  /** Tiles and overlays together. */
  readonly pictures: number;
  readonly all: number;
  /** Overlays asked for so far. */
  readonly explainsSent: number;
}

/** Counts the requests of a page from now on, where it makes them: in `fetch`. */
export async function countInFlight(page: Page): Promise<() => Promise<MostInFlight>> {
  await page.evaluate(() => {
    const now = { explains: 0, pictures: 0, all: 0 };
    const most = { explains: 0, pictures: 0, all: 0, explainsSent: 0 };
    const send = window.fetch;
    window.fetch = async (...args) => {
      const url = String(args[0]);
      const kinds: (keyof typeof now)[] = ['all'];
      if (/traces\.tile|analysis\.explain/.test(url)) kinds.push('pictures');
      if (url.includes('analysis.explain')) {
        kinds.push('explains');
        most.explainsSent++;
      }
      for (const kind of kinds) most[kind] = Math.max(most[kind], ++now[kind]);
      try {
        return await send(...args);
      } finally {
        for (const kind of kinds) now[kind]--;
      }
    };
    Object.assign(window, { mostInFlight: most });
  });
  return () =>
    page.evaluate(() => (window as unknown as { mostInFlight: MostInFlight }).mostInFlight);
}
