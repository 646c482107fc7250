/** Colours of the paper and what is drawn on it, read from the theme's custom properties. */
export interface Palette {
  readonly paper: string;
  readonly minor: string;
  readonly major: string;
  readonly trace: string;
  readonly label: string;
  readonly labelBack: string;
  readonly muted: string;
  readonly alert: string;
  readonly alertText: string;
  readonly tint: string;
  readonly done: string;
  readonly edge: string;
  readonly normal: string;
  readonly unreadable: string;
  /** What lies beside the paper. */
  readonly desk: string;
}

const NAMES: Record<keyof Palette, string> = {
  paper: '--paper',
  minor: '--paper-minor',
  major: '--paper-major',
  trace: '--trace',
  label: '--text',
  labelBack: '--paper-label',
  muted: '--muted',
  alert: '--alert-fill',
  alertText: '--alert',
  tint: '--tint',
  done: '--done',
  edge: '--paper-edge',
  normal: '--normal-cell',
  unreadable: '--unreadable',
  desk: '--bg',
};

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (key: keyof Palette): string => style.getPropertyValue(NAMES[key]).trim();
  return Object.fromEntries(
    (Object.keys(NAMES) as (keyof Palette)[]).map((key) => [key, read(key)]),
  ) as unknown as Palette;
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
