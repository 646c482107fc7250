import type { WebContents } from 'electron';

/** From what still fits a small screen up to twice the size (WCAG 2.2, 1.4.4 "Resize text"). */
const FACTORS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export interface Zoom {
  readonly larger: () => void;
  readonly smaller: () => void;
  readonly actualSize: () => void;
  /** Tells the page what it is shown at; Chromium remembers it from the last run. */
  readonly tell: () => void;
}

/**
 * Size of the interface. The page is told, because it has to draw its millimetres that much smaller to keep them
 * true on the screen: nothing that it can see tells zoom from another display.
 */
export function createZoom(
  contents: () => WebContents | null,
  tellPage: (zoom: { factor: number }) => void,
): Zoom {
  const tell = (): void => {
    const factor = contents()?.getZoomFactor();
    if (factor !== undefined) tellPage({ factor });
  };
  const to = (choose: (now: number) => number): void => {
    const target = contents();
    target?.setZoomFactor(choose(nearest(target.getZoomFactor())));
    tell();
  };
  return {
    larger: () => to((now) => FACTORS[Math.min(now + 1, FACTORS.length - 1)]!),
    smaller: () => to((now) => FACTORS[Math.max(now - 1, 0)]!),
    actualSize: () => to(() => 1),
    tell,
  };
}

/** Index of the step closest to a factor; Chromium hands back what it was given only roughly. */
function nearest(factor: number): number {
  const distances = FACTORS.map((step) => Math.abs(step - factor));
  return distances.indexOf(Math.min(...distances));
}
