import type { CurvePoint } from './curves';

/** One line or set of dots of a plot over the unit square. */
export interface PlotSeries {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  readonly style: 'line' | 'dots' | 'dashed';
}

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly PlotSeries[];
}

const SIZE = 260;
const LEFT = 46;
const TOP = 14;
const BOTTOM = 44;
const WIDTH = LEFT + SIZE + 14;
const HEIGHT = TOP + SIZE + BOTTOM;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const at = (v: number): string => v.toFixed(1);
const px = (x: number): string => at(LEFT + x * SIZE);
const py = (y: number): string => at(TOP + (1 - y) * SIZE);

/** Text made safe for HTML and SVG. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replaceAll(/[&<>"]/g, (c) => entities[c]!);
}

/** A plot over the unit square as inline SVG. Colours come from the page's CSS (classes grid, axis, line, dots). */
export function svgPlot({ title, xLabel, yLabel, series }: Plot): string {
  const grid = TICKS.map(
    (t) =>
      `<path class="grid" d="M${px(t)} ${py(0)}V${py(1)}M${px(0)} ${py(t)}H${px(1)}"/>` +
      `<text x="${px(t)}" y="${TOP + SIZE + 16}" text-anchor="middle">${t}</text>` +
      `<text x="${LEFT - 8}" y="${py(t)}" dy=".35em" text-anchor="end">${t}</text>`,
  ).join('');
  const body = series
    .map(({ label, points, style }) => {
      const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
      const name = `<title>${escapeHtml(label)}</title>`;
      if (style === 'dots') {
        const dots = finite.map(({ x, y }) => `<circle cx="${px(x)}" cy="${py(y)}" r="4"/>`);
        return `<g class="dots">${name}${dots.join('')}</g>`;
      }
      const path = finite.map(({ x, y }, i) => `${i ? 'L' : 'M'}${px(x)} ${py(y)}`).join('');
      return `<path class="${style}" d="${path}">${name}</path>`;
    })
    .join('');
  return (
    `<figure><figcaption>${escapeHtml(title)}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}: ${yLabel} against ${xLabel}`)}">` +
    `${grid}<path class="axis" d="M${px(0)} ${py(1)}V${py(0)}H${px(1)}"/>${body}` +
    `<text x="${LEFT + SIZE / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(xLabel)}</text>` +
    `<text transform="translate(12 ${TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(yLabel)}</text>` +
    `</svg></figure>`
  );
}

/** Two bars in one row, 0 to 1 each: what the reference says, and what the model flags. */
export function svgBars(referenceShare: number, flaggedShare: number): string {
  const bar = (share: number, y: number, kind: string): string =>
    `<rect class="${kind}" x="0" y="${y}" width="${at(Math.max(0, Math.min(1, share)) * 160)}" height="6"/>`;
  return (
    `<svg class="bars" viewBox="0 0 160 14" width="160" height="14" aria-hidden="true">` +
    `${bar(referenceShare, 0, 'reference')}${bar(flaggedShare, 8, 'flagged')}</svg>`
  );
}
