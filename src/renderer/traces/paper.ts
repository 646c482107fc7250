import type { Hue } from '../findings/kinds';

/** Colours of a class: text on paper, fill of cells and brackets, ground behind text. */
export interface HueColours {
  readonly text: string;
  readonly fill: string;
  readonly soft: string;
}

/** Colours of the paper and what is drawn on it, read from the theme's custom properties. */
export interface Palette {
  readonly paper: string;
  readonly minor: string;
  readonly major: string;
  readonly trace: string;
  readonly label: string;
  readonly labelBack: string;
  readonly muted: string;
  readonly edge: string;
  readonly card: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly cellEmpty: string;
  readonly rate: string;
  readonly rateBand: string;
  readonly focus: string;
  /** What lies beside the paper. */
  readonly desk: string;
  readonly hues: Readonly<Record<Hue, HueColours>>;
  /** Part of a class's fill in each of the five steps of a cell, 0 to 1. */
  readonly steps: readonly number[];
}

const NAMES: Record<Exclude<keyof Palette, 'hues' | 'steps'>, string> = {
  paper: '--paper',
  minor: '--paper-minor',
  major: '--paper-major',
  trace: '--trace',
  label: '--text',
  labelBack: '--paper-label',
  muted: '--muted',
  edge: '--paper-edge',
  card: '--card',
  line: '--line',
  lineStrong: '--line-strong',
  cellEmpty: '--cell-empty',
  rate: '--rate',
  rateBand: '--rate-band',
  focus: '--focus',
  desk: '--bg',
};
const HUES: readonly Hue[] = ['n', 'v', 's', 'f', 'af', 'pause', 'unread'];

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const named = Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, read(name)]),
  ) as Record<keyof typeof NAMES, string>;
  const hues = Object.fromEntries(
    HUES.map((hue) => [
      hue,
      { text: read(`--c-${hue}`), fill: read(`--c-${hue}-fill`), soft: read(`--c-${hue}-soft`) },
    ]),
  ) as Record<Hue, HueColours>;
  const steps = [1, 2, 3, 4, 5].map((step) => parseFloat(read(`--step-${step}`)) / 100 || 1);
  return { ...named, hues, steps };
}

export interface PaperSheet {
  /**
   * Paints the sheet so that a 5 mm line stands at every 5 mm of recording from its start: the grid belongs
   * to the recording and scrolls with it, as paper does.
   */
  paint(context: CanvasRenderingContext2D, scrolledPx: number): void;
}

/**
 * ECG paper of 1 mm and 5 mm squares (IEC 60601-2-25), drawn once and copied on every frame. All sizes in
 * device px; `mmPx` need not be whole.
 */
export function createPaperSheet(
  widthPx: number,
  heightPx: number,
  mmPx: number,
  palette: Palette,
): PaperSheet {
  const majorPx = 5 * mmPx;
  const sheet = document.createElement('canvas');
  sheet.width = Math.ceil(widthPx + majorPx) + 1;
  sheet.height = Math.max(1, heightPx);
  const context = sheet.getContext('2d', { alpha: false });
  if (context) {
    context.fillStyle = palette.paper;
    context.fillRect(0, 0, sheet.width, sheet.height);
    const line = Math.max(1, Math.round(mmPx / 9));
    const draw = (step: number, skip: number, colour: string): void => {
      context.fillStyle = colour;
      for (let i = 0; i * step <= sheet.width; i++)
        if (skip === 0 || i % skip !== 0)
          context.fillRect(Math.round(i * step), 0, line, sheet.height);
      for (let i = 0; i * step <= sheet.height; i++)
        if (skip === 0 || i % skip !== 0)
          context.fillRect(0, Math.round(i * step), sheet.width, line);
    };
    draw(mmPx, 5, palette.minor);
    draw(majorPx, 0, palette.major);
  }
  return {
    paint(target, scrolledPx) {
      const phase = ((scrolledPx % majorPx) + majorPx) % majorPx;
      target.drawImage(sheet, -Math.round(phase), 0);
    },
  };
}
