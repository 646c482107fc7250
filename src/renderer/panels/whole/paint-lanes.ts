import type { Finding, TimeSpan } from '../../../shared/domain';
import type { Hue } from '../../findings/kinds';
import { hatchPattern } from '../../traces/hatch';
import type { Palette } from '../../traces/paper';
import { stepOfCount, type TrendCell } from '../../../shared/domain/lane-cells';

export interface LaneCanvas {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly widthPx: number;
  readonly durationS: number;
  readonly palette: Palette;
}

/** A lane's top and height, CSS px. */
export interface LaneBox {
  readonly topPx: number;
  readonly heightPx: number;
}

function box(canvas: LaneCanvas, fromS: number, toS: number, leastPx: number) {
  const { ratio, widthPx, durationS } = canvas;
  const x = Math.round((fromS / durationS) * widthPx * ratio);
  const end = Math.round((Math.min(toS, durationS) / durationS) * widthPx * ratio);
  return { x, width: Math.max(leastPx * ratio, end - x) };
}

/** The empty lane; what has not been analysed yet is hatched. */
export function paintLane(canvas: LaneCanvas, lane: LaneBox, unread: readonly TimeSpan[]): void {
  const { context, ratio, widthPx, palette } = canvas;
  context.fillStyle = palette.cellEmpty;
  context.fillRect(0, lane.topPx * ratio, widthPx * ratio, lane.heightPx * ratio);
  if (unread.length === 0) return;
  const hatch = hatchPattern(context, null, palette.line, 6 * ratio);
  if (hatch) context.fillStyle = hatch;
  for (const { startS, endS } of unread) {
    const { x, width } = box(canvas, startS, endS, 0);
    context.fillRect(x, lane.topPx * ratio, width, lane.heightPx * ratio);
  }
}

/** Counts by cell, each a step of the class's colour on the empty cell. */
export function paintCells(
  canvas: LaneCanvas,
  lane: LaneBox,
  cells: Uint16Array,
  cellS: number,
  from: readonly number[],
  hue: Hue,
): void {
  const { context, ratio, palette } = canvas;
  context.fillStyle = palette.hues[hue].fill;
  cells.forEach((count, i) => {
    const step = stepOfCount(count, from);
    if (step === 0) return;
    context.globalAlpha = palette.steps[step - 1] ?? 1;
    const { x, width } = box(canvas, i * cellS, (i + 1) * cellS, 1);
    context.fillRect(x, lane.topPx * ratio, width, lane.heightPx * ratio);
  });
  context.globalAlpha = 1;
}

/** Events as marks of at least two px; `tall` ones fill their part of the lane, others half of it. */
export function paintMarks(
  canvas: LaneCanvas,
  lane: LaneBox,
  events: readonly Finding[],
  fill: string | CanvasPattern,
  tall: (event: Finding) => boolean,
): void {
  const { context, ratio } = canvas;
  context.fillStyle = fill;
  for (const event of events) {
    const height = (tall(event) ? 1 : 0.6) * lane.heightPx;
    const { x, width } = box(canvas, event.startS, event.endS, 2);
    const top = lane.topPx + lane.heightPx - height;
    context.fillRect(x, Math.round(top * ratio), width, Math.round(height * ratio));
  }
}

export function paintSpans(
  canvas: LaneCanvas,
  lane: LaneBox,
  spans: readonly TimeSpan[],
  fill: string | CanvasPattern,
): void {
  const { context, ratio } = canvas;
  context.fillStyle = fill;
  for (const { startS, endS } of spans) {
    const { x, width } = box(canvas, startS, endS, 1.5);
    context.fillRect(x, lane.topPx * ratio, width, lane.heightPx * ratio);
  }
}

/** Vertical lines of the clock, through all lanes and the trend; days strong. */
export function paintClockLines(
  canvas: LaneCanvas,
  lines: readonly { readonly timeS: number; readonly strong: boolean }[],
  topPx: number,
  bottomPx: number,
): void {
  const { context, ratio, palette, widthPx, durationS } = canvas;
  for (const { timeS, strong } of lines) {
    context.fillStyle = strong ? palette.muted : palette.line;
    const x = Math.round((timeS / durationS) * widthPx * ratio);
    context.fillRect(x, topPx * ratio, Math.max(1, ratio), (bottomPx - topPx) * ratio);
  }
}

/** Rate in bpm at the foot and at the top of the trend. */
const RATE_AXIS = { low: 40, high: 240 } as const;

export function rateY(bpm: number, lane: LaneBox): number {
  const share = (bpm - RATE_AXIS.low) / (RATE_AXIS.high - RATE_AXIS.low);
  return lane.topPx + lane.heightPx * (1 - Math.min(1, Math.max(0, share)));
}

/** Median in ink on a band from the lowest to the highest; a gap where the rate cannot be told. */
export function paintTrend(
  canvas: LaneCanvas,
  lane: LaneBox,
  cells: readonly (TrendCell | null)[],
  cellS: number,
  ticks: readonly number[],
): void {
  const { context, ratio, palette, widthPx, durationS } = canvas;
  context.fillStyle = palette.line;
  for (const bpm of ticks)
    context.fillRect(0, Math.round(rateY(bpm, lane) * ratio), widthPx * ratio, Math.max(1, ratio));
  const x = (i: number): number =>
    (Math.min((i + 0.5) * cellS, durationS) / durationS) * widthPx * ratio;
  for (const stretch of stretches(cells)) {
    context.fillStyle = palette.rateBand;
    context.beginPath();
    for (const { i, cell } of stretch) context.lineTo(x(i), rateY(cell.high, lane) * ratio);
    for (const { i, cell } of [...stretch].reverse())
      context.lineTo(x(i), rateY(cell.low, lane) * ratio);
    context.closePath();
    context.fill();
    context.strokeStyle = palette.rate;
    context.lineWidth = 1.3 * ratio;
    context.beginPath();
    for (const { i, cell } of stretch) context.lineTo(x(i), rateY(cell.median, lane) * ratio);
    context.stroke();
  }
}

function stretches(cells: readonly (TrendCell | null)[]): { i: number; cell: TrendCell }[][] {
  const found: { i: number; cell: TrendCell }[][] = [];
  let open: { i: number; cell: TrendCell }[] | null = null;
  cells.forEach((cell, i) => {
    if (!cell) open = null;
    else {
      if (!open) found.push((open = []));
      open.push({ i, cell });
    }
  });
  return found;
}
