import type { Lead } from '../../shared/domain';

/** Where one lead is drawn, in CSS px from the top of the paper. */
export interface Lane {
  readonly lead: Lead;
  readonly topPx: number;
  readonly heightPx: number;
  /** Height of 0 mV; lies on a line of the grid. */
  readonly baselinePx: number;
  /** Factor on the common gain, 1 unless the reader changed it for this lead. */
  readonly gainFactor: number;
}

const EPISODES_PX = 11;
const ROW_PX = 20;

/** Where the rows of symbols above the first lane stand, CSS px from the top of the paper. */
export interface HeadRows {
  /** Middle of the model's beats and of the reference's. */
  readonly modelPx: number;
  readonly referencePx: number;
  readonly heightPx: number;
}

/** Rows are given room only where they are shown; one row's room is always kept, so that little jumps. */
export function headRows(shown: {
  episodes: boolean;
  beats: boolean;
  reference: boolean;
}): HeadRows {
  const top = shown.episodes ? EPISODES_PX : 0;
  const rows = Math.max(1, Number(shown.beats) + Number(shown.reference));
  return {
    modelPx: top + 16,
    referencePx: top + 16 + (shown.beats ? ROW_PX : 0),
    heightPx: top + 6 + rows * ROW_PX,
  };
}

/** Lanes are never lower than this; more leads than fit make the paper taller and the pane scroll. */
export const MIN_LANE_MM = 12;

export interface LaneOptions {
  readonly leads: readonly Lead[];
  readonly paneHeightPx: number;
  readonly pxPerMm: number;
  readonly gainFactorOf: (lead: number) => number;
  /** Height above the first lane that is kept for symbols. */
  readonly headPx: number;
}

/** Stacks the leads on one sheet; `heightPx` is the pane's height or more. */
export function layoutLanes(options: LaneOptions): { lanes: Lane[]; heightPx: number } {
  const { leads, paneHeightPx, pxPerMm, headPx } = options;
  const room = Math.max(0, paneHeightPx - headPx);
  const laneHeight = Math.max(MIN_LANE_MM * pxPerMm, leads.length > 0 ? room / leads.length : room);
  // Tall lanes put 0 mV on a 5 mm line, so that amplitudes can be counted; low ones stay evenly spaced.
  const snapPx = (laneHeight >= 25 * pxPerMm ? 5 : 1) * pxPerMm;
  const lanes = leads.map((lead, i): Lane => {
    const topPx = headPx + i * laneHeight;
    return {
      lead,
      topPx,
      heightPx: laneHeight,
      // A little below the middle: R waves are taller than S waves are deep in most leads.
      baselinePx: Math.round((topPx + laneHeight * 0.56) / snapPx) * snapPx,
      gainFactor: options.gainFactorOf(lead.index),
    };
  });
  return {
    lanes,
    heightPx: Math.max(paneHeightPx, headPx + leads.length * laneHeight),
  };
}

/** Lane under a height, or the nearest one; null without lanes. */
export function laneAt(lanes: readonly Lane[], yPx: number): Lane | null {
  return lanes.find((lane) => yPx < lane.topPx + lane.heightPx) ?? lanes.at(-1) ?? null;
}
