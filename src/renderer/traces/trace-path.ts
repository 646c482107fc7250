import type { TileTrace } from './tile-grid';

/** What a path is drawn into: a Path2D, or a recorder in tests. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Linear map from recording to device px. */
export interface TraceMap {
  /** Time at px 0; `leftS` unless only a part of the paper is drawn. */
  readonly originS?: number;
  readonly leftS: number;
  readonly rightS: number;
  readonly pxPerS: number;
  /** Device px of 0 on the lead's scale. */
  readonly zeroPx: number;
  /** Device px per unit of the lead, upwards. */
  readonly pxPerUnit: number;
}

/** Where the pen stands between two tiles: down, unless the last value was missing. */
export interface Pen {
  down: boolean;
}

/**
 * Adds one tile to a path. Missing samples (NaN) lift the pen: a gap is never drawn across (design section
 * 4). An envelope column draws its minimum and maximum, nearer end first, which keeps both extremes.
 */
export function traceTile(sink: PathSink, trace: TileTrace, map: TraceMap, pen: Pen): void {
  const { values, t0S, stepS } = trace;
  const step = stepS * map.pxPerS;
  const x0 = (t0S - (map.originS ?? map.leftS)) * map.pxPerS;
  const count = trace.kind === 'samples' ? values.length : values.length >> 1;
  // One beyond the window on each side, so that the line runs off the paper.
  const first = Math.max(0, Math.floor((map.leftS - t0S) / stepS) - 1);
  const last = Math.min(count - 1, Math.ceil((map.rightS - t0S) / stepS) + 1);
  const { zeroPx, pxPerUnit } = map;
  if (trace.kind === 'samples') {
    for (let i = first; i <= last; i++) {
      const value = values[i]!;
      if (value !== value) {
        pen.down = false;
        continue;
      }
      const x = x0 + i * step;
      const y = zeroPx - value * pxPerUnit;
      if (pen.down) sink.lineTo(x, y);
      else sink.moveTo(x, y);
      pen.down = true;
    }
    return;
  }
  let previous = NaN;
  for (let i = first; i <= last; i++) {
    const low = values[2 * i]!;
    const high = values[2 * i + 1]!;
    if (low !== low || high !== high) {
      pen.down = false;
      continue;
    }
    const x = x0 + (i + 0.5) * step;
    const lowFirst = !(Math.abs(previous - high) < Math.abs(previous - low));
    const one = zeroPx - (lowFirst ? low : high) * pxPerUnit;
    const other = zeroPx - (lowFirst ? high : low) * pxPerUnit;
    if (pen.down) sink.lineTo(x, one);
    else sink.moveTo(x, one);
    if (other !== one) sink.lineTo(x, other);
    previous = lowFirst ? high : low;
    pen.down = true;
  }
}
