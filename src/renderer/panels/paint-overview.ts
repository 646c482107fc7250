import type { Decision, Segment } from '../../shared/domain';
import type { Palette } from '../traces/paper';
import { verdictClass } from './verdict-words';
import type { Square } from './overview-rows';

export interface OverviewGeometry {
  readonly leftPx: number;
  readonly widthPx: number;
  readonly rowHeightPx: number;
  readonly rowGapPx: number;
  readonly rowS: number;
}

/** Colour says how probable, the stroke says Abnormal, the foot says decided: never colour alone. */
export function paintSquares(
  context: CanvasRenderingContext2D,
  ratio: number,
  squares: readonly Square[],
  g: OverviewGeometry,
  palette: Palette,
  hidden: (segment: Segment) => boolean,
  decision: (segment: number) => Decision,
): void {
  const pxPerS = g.widthPx / g.rowS;
  for (const square of squares) {
    const startS = square.startS - square.row * g.rowS;
    const x = Math.round((g.leftPx + startS * pxPerS) * ratio);
    const right = Math.round((g.leftPx + (square.endS - square.row * g.rowS) * pxPerS) * ratio);
    const y = Math.round(square.row * (g.rowHeightPx + g.rowGapPx) * ratio);
    const h = Math.round(g.rowHeightPx * ratio);
    const gap = right - x > 5 * ratio ? Math.round(1.4 * ratio) : 0;
    const w = Math.max(1, right - x - gap);
    const kind = verdictClass(square.segment, hidden(square.segment));
    const strength = square.segment.probability ?? 0;
    context.globalAlpha = 1;
    context.fillStyle = kind === 'unreadable' ? palette.unreadable : palette.normal;
    context.fillRect(x, y, w, h);
    if (kind === 'abnormal' || kind === 'refer') {
      context.globalAlpha = kind === 'refer' ? 0.35 : 0.35 + 0.65 * strength;
      context.fillStyle = palette.alert;
      context.fillRect(x, y, w, h);
      context.globalAlpha = 1;
    }
    context.strokeStyle = palette.paper;
    context.lineWidth = Math.max(1, 1.1 * ratio);
    context.beginPath();
    if (kind === 'abnormal') {
      context.moveTo(x + 1, y + h - 1);
      context.lineTo(x + Math.min(w, h * 1.4) - 1, y + 1);
    } else if (kind === 'unreadable' && w > 4) {
      context.moveTo(x + 1, y + h / 2);
      context.lineTo(x + w - 1, y + h / 2);
    }
    context.stroke();
    if (kind === 'refer' && w > 4) {
      context.fillStyle = palette.paper;
      context.beginPath();
      context.arc(x + w / 2, y + h / 2, 1.5 * ratio, 0, 7);
      context.fill();
    }
    if (decision(square.segment.index) !== 'none') {
      context.fillStyle = palette.done;
      context.fillRect(x, y + h - Math.round(3 * ratio), w, Math.round(3 * ratio));
    }
  }
}

/** Empty rows, so that what has not been analysed yet is seen to be there. */
export function paintRows(
  context: CanvasRenderingContext2D,
  ratio: number,
  rows: number,
  durationS: number,
  g: OverviewGeometry,
  colour: string,
): void {
  context.fillStyle = colour;
  for (let row = 0; row < rows; row++) {
    const part = Math.min(row === rows - 1 ? 2 : 1, durationS / g.rowS - row);
    context.fillRect(
      Math.round(g.leftPx * ratio),
      Math.round((row * (g.rowHeightPx + g.rowGapPx) + g.rowHeightPx / 2) * ratio),
      g.widthPx * part * ratio,
      ratio,
    );
  }
}

/** Range of the trend's axis in bpm: 40 to 160, wider where the recording is. */
export function trendRange(trend: Float32Array): { low: number; high: number } {
  let low = 40;
  let high = 160;
  for (const rate of trend) {
    if (rate < low) low = Math.max(0, Math.floor(rate / 20) * 20);
    if (rate > high) high = Math.min(300, Math.ceil(rate / 20) * 20);
  }
  return { low, high };
}

/** Heart rate over the whole recording, with gaps left open. */
export function paintTrend(
  context: CanvasRenderingContext2D,
  ratio: number,
  trend: Float32Array,
  leftPx: number,
  widthPx: number,
  topPx: number,
  heightPx: number,
  palette: Palette,
): { low: number; high: number } {
  const range = trendRange(trend);
  const y = (rate: number): number =>
    (topPx + heightPx * (1 - (rate - range.low) / (range.high - range.low))) * ratio;
  context.strokeStyle = palette.done;
  context.lineWidth = 1.2 * ratio;
  context.lineJoin = 'round';
  context.beginPath();
  let down = false;
  trend.forEach((rate, i) => {
    if (Number.isNaN(rate)) {
      down = false;
      return;
    }
    const x = (leftPx + ((i + 0.5) / trend.length) * widthPx) * ratio;
    if (down) context.lineTo(x, y(rate));
    else context.moveTo(x, y(rate));
    down = true;
  });
  context.stroke();
  return range;
}
