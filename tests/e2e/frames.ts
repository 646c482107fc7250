import { expect, type Page } from '@playwright/test';

export interface Frames {
  /** Time between two frames, ms. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Main thread's own CPU time per frame, ms, which other work on the machine does not lengthen. */
  readonly cpuMs: number;
}

/** Scrolls the paper by `stepPx` with every frame, as a trackpad does. */
export async function scrollFrames(page: Page, count: number, stepPx = 18): Promise<Frames> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpuS = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find((m) => m.name === 'TaskDuration')!.value;
  };
  const before = await cpuS();
  const frames = await page.evaluate(
    ([wanted, deltaY]) =>
      new Promise<number[]>((done) => {
        const sheet = document.querySelector('.sheet')!;
        const times: number[] = [];
        let last = performance.now();
        const step = (now: number): void => {
          times.push(now - last);
          last = now;
          sheet.dispatchEvent(
            new WheelEvent('wheel', { deltaY: deltaY!, bubbles: true, cancelable: true }),
          );
          if (times.length < wanted!) requestAnimationFrame(step);
          else done(times.slice(5));
        };
        requestAnimationFrame(step);
      }),
    [count, stepPx] as const,
  );
  const cpuMs = ((await cpuS()) - before) * (1000 / frames.length);
  await cdp.detach();
  frames.sort((a, b) => a - b);
  const at = (q: number): number => frames[Math.floor(q * (frames.length - 1))]!;
  return { medianMs: at(0.5), p95Ms: at(0.95), cpuMs };
}

/**
 * Prints the figures and holds them against the design's budget: the CPU time always, the time between frames
 * on a machine that does nothing else (`FIDUCIAL_FRAME_MS=17`).
 */
export function expectFrames(what: string, frames: Frames): void {
  console.log(
    `${what}: frames median ${frames.medianMs.toFixed(1)} ms, p95 ${frames.p95Ms.toFixed(1)} ms, ` +
      `main thread ${frames.cpuMs.toFixed(1)} ms per frame`,
  );
  expect(frames.cpuMs).toBeLessThan(10);
  const budget = process.env['FIDUCIAL_FRAME_MS'];
  if (budget) expect(frames.p95Ms).toBeLessThan(Number(budget));
}
