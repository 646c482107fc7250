import type { Finding } from '../../shared/domain';
import { chipOf } from '../findings/value';
import { hueOf } from '../findings/kinds';
import type { HeadRows } from './lanes';
import type { Palette } from './paper';
import type { FrameGeometry } from './frame-geometry';
import { say } from '../words';

const CHIP_TOP_PX = 8;
const CHIP_HEIGHT_PX = 22;
/** Ground of the event in hand, under the traces. */
const TINT = 0.09;
/** Shorter events get a bracket this wide, or it would be a line. */
const LEAST_PX = 14;
/** A bracket around beats stands clear of their letters; one of a pause ends at them, and above them. */
const CLEAR_PX = 11;
const SHORT_LEG_PX = 5;

const isPause = ({ kind }: Finding): boolean => hueOf(kind) === 'pause';

interface PaperSpan {
  readonly from: number;
  readonly to: number;
  /** The event goes on beyond the paper. */
  readonly cutLeft: boolean;
  readonly cutRight: boolean;
}

function stretchOf(frame: FrameGeometry, event: Finding): PaperSpan | null {
  const { ratio, widthPx } = frame;
  const { startS, endS } = event;
  const clear = isPause(event) ? 0 : CLEAR_PX * ratio;
  const middle = (frame.x(startS) + frame.x(endS)) / 2;
  const half = Math.max(frame.x(endS) - frame.x(startS), LEAST_PX * ratio) / 2 + clear;
  const from = middle - half;
  const to = middle + half;
  if (to <= 0 || from >= widthPx) return null;
  return {
    from: Math.max(0, from),
    to: Math.min(widthPx, to),
    cutLeft: from < 0,
    cutRight: to > widthPx,
  };
}

/** What stands above the lanes is no paper: card, with a line of its own for the rhythm. */
export function paintHead(frame: FrameGeometry, palette: Palette, rows: HeadRows): void {
  const { context, ratio } = frame;
  context.fillStyle = palette.card;
  context.fillRect(0, 0, frame.widthPx, rows.heightPx * ratio);
  context.fillStyle = palette.line;
  context.fillRect(0, rows.rhythmPx * ratio, frame.widthPx, 3 * ratio);
}

/** Stretches of a rhythm, or without a signal, on the rhythm's line. */
export function paintRhythm(
  frame: FrameGeometry,
  fill: string | CanvasPattern,
  stretches: readonly { readonly startS: number; readonly endS: number }[],
  rows: HeadRows,
): void {
  const { context, ratio } = frame;
  context.fillStyle = fill;
  for (const { startS, endS } of stretches) {
    if (endS < frame.leftS || startS > frame.rightS) continue;
    const from = Math.max(0, frame.x(startS));
    const width = Math.min(frame.widthPx, frame.x(endS)) - from;
    context.fillRect(from, rows.rhythmPx * ratio, Math.max(ratio, width), 3 * ratio);
  }
}

/** The ground of the event in hand, below the head. */
export function paintTint(
  frame: FrameGeometry,
  palette: Palette,
  event: Finding,
  headPx: number,
): void {
  const stretch = stretchOf(frame, event);
  if (!stretch) return;
  const { context, ratio } = frame;
  context.save();
  context.globalAlpha = TINT;
  context.fillStyle = palette.hues[hueOf(event.kind)].fill;
  const top = headPx * ratio;
  context.fillRect(stretch.from, top, stretch.to - stretch.from, frame.heightPx - top);
  context.restore();
}

function paintLegs(frame: FrameGeometry, stretch: PaperSpan, topPx: number, footPx: number): void {
  const { context, ratio } = frame;
  const { from, to, cutLeft, cutRight } = stretch;
  context.beginPath();
  context.moveTo(from, (cutLeft ? topPx : footPx) * ratio);
  context.lineTo(from, topPx * ratio);
  context.lineTo(to, topPx * ratio);
  context.lineTo(to, (cutRight ? topPx : footPx) * ratio);
  context.stroke();
}

/** Bracket of the event in hand with its value in a chip, on the glass above the paper. */
export function paintBracket(
  frame: FrameGeometry,
  palette: Palette,
  event: Finding,
  rows: HeadRows,
): { readonly from: number; readonly to: number } | null {
  const stretch = stretchOf(frame, event);
  if (!stretch) return null;
  const { context, ratio } = frame;
  const colours = palette.hues[hueOf(event.kind)];
  context.save();
  context.strokeStyle = colours.fill;
  context.lineWidth = 1.6 * ratio;
  const foot = isPause(event) ? rows.bracketPx + SHORT_LEG_PX : rows.heightPx;
  paintLegs(frame, stretch, rows.bracketPx, foot);
  const arrows = { left: stretch.cutLeft ? '‹ ' : '', right: stretch.cutRight ? ' ›' : '' };
  const text = `${arrows.left}${chipOf(event)}${arrows.right}`;
  context.font = `600 ${13 * ratio}px 'Inter', sans-serif`;
  const width = context.measureText(text).width + 22 * ratio;
  const middle = (stretch.from + stretch.to) / 2;
  const edge = 2 * ratio;
  const left = Math.max(edge, Math.min(frame.widthPx - width - edge, middle - width / 2));
  context.fillStyle = colours.soft;
  context.lineWidth = ratio;
  context.beginPath();
  context.roundRect(left, CHIP_TOP_PX * ratio, width, CHIP_HEIGHT_PX * ratio, 6 * ratio);
  context.fill();
  context.stroke();
  context.fillStyle = colours.text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, left + width / 2, (CHIP_TOP_PX + CHIP_HEIGHT_PX / 2 + 0.5) * ratio);
  context.restore();
  return { from: left, to: left + width };
}

/** Events beside the one in hand: dashed, the nearest on each side by its name. */
export function paintNeighbours(
  frame: FrameGeometry,
  palette: Palette,
  events: readonly Finding[],
  current: Finding | null,
  rows: HeadRows,
  chip: { readonly from: number; readonly to: number } | null,
): void {
  const { context, ratio } = frame;
  context.save();
  context.lineWidth = ratio;
  context.setLineDash([3 * ratio, 2 * ratio]);
  context.font = `500 ${11.5 * ratio}px 'Inter', sans-serif`;
  context.textBaseline = 'middle';
  let freeFrom = chip?.to ?? -Infinity;
  const y = (CHIP_TOP_PX + CHIP_HEIGHT_PX / 2 + 0.5) * ratio;
  for (const event of events) {
    const stretch = stretchOf(frame, event);
    if (!stretch) continue;
    const colours = palette.hues[hueOf(event.kind)];
    context.strokeStyle = colours.fill;
    paintLegs(frame, stretch, rows.bracketPx, rows.bracketPx + 7);
    const isAfter = current !== null && event.startS >= current.endS - 1e-6;
    const isBefore = current !== null && event.endS <= current.startS + 1e-6;
    const word = isAfter ? say('paper.next') : isBefore ? say('paper.before') : '';
    const text = `${word}${chipOf(event)}`;
    const width = context.measureText(text).width;
    const wanted = Math.min(stretch.from, frame.widthPx - width - 5 * ratio);
    const left = Math.max(4 * ratio, wanted);
    const collides = chip !== null && left < chip.to + 8 * ratio && left + width > chip.from;
    if (collides || (left < freeFrom + 8 * ratio && !isBefore)) continue;
    context.fillStyle = colours.text;
    context.fillText(text, left, y);
    freeFrom = Math.max(freeFrom, left + width);
  }
  context.restore();
}
