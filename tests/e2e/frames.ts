import { expect, type Page } from '@playwright/test';

export interface Frames {
  /** Time between two frames, ms. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Main thread's own CPU time per frame, ms, which other work on the machine does not lengthen. */
  readonly cpuMs: number;
  /** Layouts of the page, and elements of it that were changed, per frame. */
  readonly layouts: number;
  readonly changes: number;
  /** False where there was nothing to scroll: the other figures are then those of a page at rest. */
  readonly moved: boolean;
}

/** Watches for tasks that keep the page from answering, from now on. */
export async function watchBlocks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const blocks: number[] = [];
    Object.assign(window, { blocks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/**
 * Waits in the page until an element says something: a locator that is asked again and again reads the whole page each
 * time, and would itself be the longest task of it.
 */
export async function untilSaid(
  page: Page,
  selector: string,
  words = '',
  timeout = 120_000,
): Promise<void> {
  await page.waitForFunction(
    ([at, wanted]) =>
      [...document.querySelectorAll(at)].some((one) => one.textContent.includes(wanted)),
    [selector, words] as const,
    { timeout, polling: 50 },
  );
}

/** The longest task since the last call, ms; 0 where none took 50 ms. */
export function longestBlockMs(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(0, ...(window as unknown as { blocks: number[] }).blocks.splice(0)),
  );
}

/**
 * Scrolls by `stepPx` with every frame, as a trackpad does.
 * @param scrolled what has a scroll bar of its own, there and back; null for the paper
 */
export async function scrollFrames(
  page: Page,
  count: number,
  stepPx = 18,
  scrolled: string | null = null,
): Promise<Frames> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => {
    const { metrics: list } = await cdp.send('Performance.getMetrics');
    const of = (name: string): number => list.find((m) => m.name === name)!.value;
    return { cpuS: of('TaskDuration'), layouts: of('LayoutCount') };
  };
  const before = await metrics();
  const { times, changes, moved } = await page.evaluate(
    ([wanted, deltaY, at]) =>
      new Promise<{ times: number[]; changes: number; moved: boolean }>((done) => {
        const sheet = document.querySelector('.sheet')!;
        // Of what was asked for, or what is in it, the first that has something to scroll.
        const within = at === null ? [] : [...document.querySelectorAll(`${at}, ${at} *`)];
        const pane = within.find(
          (one) =>
            one.scrollHeight > one.clientHeight + 1 &&
            /auto|scroll/.test(getComputedStyle(one).overflowY),
        );
        let down = deltaY!;
        const times: number[] = [];
        let changes = 0;
        const watch = new MutationObserver((list) => (changes += list.length));
        const what = { subtree: true, childList: true, attributes: true, characterData: true };
        watch.observe(document, what);
        let last = performance.now();
        const step = (now: number): void => {
          times.push(now - last);
          last = now;
          if (at === null)
            sheet.dispatchEvent(
              new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }),
            );
          else if (pane) {
            const from = pane.scrollTop;
            pane.scrollTop += down;
            if (pane.scrollTop === from) down = -down;
          }
          if (times.length < wanted!) requestAnimationFrame(step);
          else {
            watch.disconnect();
            done({ times: times.slice(5), changes, moved: at === null || pane !== undefined });
          }
        };
        requestAnimationFrame(step);
      }),
    [count, stepPx, scrolled] as const,
  );
  const after = await metrics();
  await cdp.detach();
  const perFrame = 1 / times.length;
  times.sort((a, b) => a - b);
  const at = (q: number): number => times[Math.floor(q * (times.length - 1))]!;
  return {
    medianMs: at(0.5),
    p95Ms: at(0.95),
    cpuMs: 1000 * (after.cpuS - before.cpuS) * perFrame,
    layouts: (after.layouts - before.layouts) * perFrame,
    changes: changes * perFrame,
    moved,
  };
}

/**
 * Prints the figures. What a frame does to the page is held always: the paper and three marks move, figures
 * follow at the pace at which they can be read. How long it takes depends on the machine and is held against
 * the design's budget only where that is asked for, on one that does nothing else (`FIDUCIAL_FRAME_MS=17`).
 */
export function expectFrames(what: string, frames: Frames): void {
  const { medianMs, p95Ms, cpuMs, layouts, changes } = frames;
  console.log(
    `${what}: frames median ${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, main thread ` +
      `${cpuMs.toFixed(1)} ms, ${layouts.toFixed(2)} layouts and ${changes.toFixed(1)} changes per frame`,
  );
  expect(layouts).toBeLessThan(0.6);
  expect(changes).toBeLessThan(6);
  const budget = process.env['FIDUCIAL_FRAME_MS'];
  if (!budget) return;
  expect(p95Ms).toBeLessThan(Number(budget));
  expect(cpuMs).toBeLessThan(10);
}
