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

/** The longest task of the page in some time, ms. */
export interface LongestTask {
  /** As a reader waits: other programs that have the cores meanwhile make it longer. */
  readonly clockMs: number;
  /** What it computes itself. */
  readonly cpuMs: number;
}

/** One line about the longest task. */
export const sayLongest = ({ clockMs, cpuMs }: LongestTask): string =>
  `longest block ${clockMs.toFixed(0)} ms, longest by processor time ${cpuMs.toFixed(0)} ms`;

/** Watches for tasks that keep the page from answering, from now on. Only one test of a browser can do so at a time. */
export async function watchBlocks(page: Page): Promise<{
  /** The longest since the last call, and watches on. */
  longest(): Promise<LongestTask>;
  stop(): Promise<void>;
}> {
  const browser = page.context().browser()!;
  // The task of the main thread with what it leaves to be done before the next; nothing else of a trace is wanted.
  const categories = ['-*', 'disabled-by-default-devtools.timeline'];
  const start = (): Promise<void> => browser.startTracing(page, { categories });
  await start();
  return {
    async longest() {
      const trace = longestOf(await browser.stopTracing());
      await start();
      return trace;
    },
    stop: async () => void (await browser.stopTracing()),
  };
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Clock and processor time, microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
}

function longestOf(trace: Buffer): LongestTask {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  let [clockMs, cpuMs, tasks] = [0, 0, 0];
  for (const event of traceEvents) {
    if (event.name !== 'RunTask' || event.ph !== 'X' || !pages.has(threadOf(event))) continue;
    tasks++;
    clockMs = Math.max(clockMs, (event.dur ?? 0) / 1000);
    cpuMs = Math.max(cpuMs, (event.tdur ?? 0) / 1000);
  }
  expect(tasks, 'the trace has tasks of the page').toBeGreaterThan(0);
  return { clockMs, cpuMs };
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
