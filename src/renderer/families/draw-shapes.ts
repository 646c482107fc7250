import { MISSING_UV } from './missing-uv';

/** Where shapes are drawn: one lead beside the other, all on one scale. */
export interface ShapeBox {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Leads that are drawn, by their place in the shapes. */
  readonly leads: readonly number[];
  readonly samples: number;
  /** Leads that the shapes have. */
  readonly ofLeads: number;
}

/** Lowest and highest value that is drawn, microvolts. */
export type UvRange = readonly [number, number];

/** Between two leads, pixels. */
const GAP_PX = 12;

/** Range of some shapes over the leads that are drawn, with some room; of nothing a millivolt. */
export function rangeOf(uv: Int16Array, first: number, count: number, box: ShapeBox): UvRange {
  let [low, high] = [Infinity, -Infinity];
  for (let shape = first; shape < first + count; shape++) {
    for (const lead of box.leads) {
      const at = (shape * box.ofLeads + lead) * box.samples;
      if (uv[at] === MISSING_UV) continue;
      for (let k = at; k < at + box.samples; k++) {
        low = Math.min(low, uv[k]!);
        high = Math.max(high, uv[k]!);
      }
    }
  }
  if (low > high) return [-500, 500];
  const room = Math.max(60, 0.08 * (high - low));
  return [low - room, high + room];
}

/** Draws one shape, lead beside lead, from `x`, `y` on; a lead that is missing is left out. */
export function drawShape(
  context: CanvasRenderingContext2D,
  uv: Int16Array,
  shape: number,
  { widthPx, heightPx, leads, samples, ofLeads }: ShapeBox,
  [low, high]: UvRange,
  x = 0,
  y = 0,
): void {
  const width = (widthPx - GAP_PX * (leads.length - 1)) / leads.length;
  const scale = heightPx / (high - low);
  context.beginPath();
  leads.forEach((lead, i) => {
    const at = (shape * ofLeads + lead) * samples;
    if (uv[at] === MISSING_UV) return;
    const left = x + i * (width + GAP_PX);
    for (let k = 0; k < samples; k++) {
      const px = left + (k / (samples - 1)) * width;
      const py = y + (high - uv[at + k]!) * scale;
      if (k === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
  });
  context.stroke();
}

/** Lines between leads that are drawn beside each other. */
export function drawSeams(
  context: CanvasRenderingContext2D,
  { widthPx, heightPx, leads }: ShapeBox,
  x = 0,
  y = 0,
): void {
  const width = (widthPx - GAP_PX * (leads.length - 1)) / leads.length;
  context.beginPath();
  for (let i = 1; i < leads.length; i++) {
    const at = Math.round(x + i * (width + GAP_PX) - GAP_PX / 2) + 0.5;
    context.moveTo(at, y);
    context.lineTo(at, y + heightPx);
  }
  context.stroke();
}

/** A canvas of this size in CSS pixels, sharp on this screen; null where there is none to draw on. */
export function sized(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  context.lineJoin = 'round';
  return context;
}
