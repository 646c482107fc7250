export interface SegmentGrid {
  readonly windowS: number;
  readonly hopS: number;
  readonly durationS: number;
  /** `plain`: whole windows only (evaluation). `flush`: one more that ends with the recording (viewer). */
  readonly kind: 'plain' | 'flush';
  readonly count: number;
}

/** Less than half a sample at any rate in use: it absorbs rounding in durations. */
const ROUNDING_S = 1e-6;

/**
 * Segments of a recording: number i starts at `i * hopS` and is `windowS` long (10 s every
 * 5 s). On the `flush` grid a last segment ends with the recording where the plain grid leaves a rest, and a
 * recording shorter than one window is one segment, of which the end is missing.
 */
export function segmentGrid(
  durationS: number,
  windowS: number,
  hopS: number,
  kind: SegmentGrid['kind'],
): SegmentGrid {
  if (!(windowS > 0 && hopS > 0)) throw new RangeError(`no grid of ${windowS} s every ${hopS} s`);
  const rest = durationS - windowS + ROUNDING_S;
  const whole = rest < 0 ? 0 : Math.floor(rest / hopS) + 1;
  const covered = whole === 0 ? 0 : (whole - 1) * hopS + windowS;
  const extra = kind === 'flush' && durationS - covered > ROUNDING_S ? 1 : 0;
  return { windowS, hopS, durationS, kind, count: whole + extra };
}

/** Start of a segment in seconds. */
export function segmentStartS(grid: SegmentGrid, index: number): number {
  const regular = index * grid.hopS;
  return Math.max(0, Math.min(regular, grid.durationS - grid.windowS));
}
