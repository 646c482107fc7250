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

const ROW_PX = 20;
/** Chips of the events, above the letters. */
const CHIPS_PX = 31;
/** The rhythm's line, below the letters. */
const RHYTHM_PX = 5;

/** Where the rows of symbols above the first lane stand, CSS px from the top of the paper. */
export interface HeadRows {
  /** Middle of the model's beats and of the reference's. */
  readonly modelPx: number;
  readonly referencePx: number;
  /** Height at which brackets stand on the letters. */
  readonly bracketPx: number;
  /** Top of the line that says the rhythm. */
  readonly rhythmPx: number;
  readonly heightPx: number;
}

/**
 * The rows for chips, letters and rhythm are always there, so that lanes start at one height on every recording;
 * reference beats add one.
 */
export function headRows(shown: { reference: boolean }): HeadRows {
  const letters = CHIPS_PX + 13;
  const rows = shown.reference ? 2 : 1;
  const heightPx = CHIPS_PX + 6 + rows * ROW_PX + RHYTHM_PX;
  return {
    modelPx: letters,
    referencePx: letters + ROW_PX,
    bracketPx: CHIPS_PX,
    rhythmPx: heightPx - RHYTHM_PX + 1,
    heightPx,
  };
}

/** Lanes are never lower than this; more leads than fit make the paper taller and the pane scroll. */
export const MIN_LANE_MM = 12;

/** How far a signal goes from 0, CSS px. */
export interface Reach {
  readonly abovePx: number;
  readonly belowPx: number;
}

/** A lane is not made lower than this for the sake of the others. */
const FAIR_PX = 110;
/** Paper left free above and below what a signal reaches. */
const AIR_PX = 8;

export interface LaneOptions {
  readonly leads: readonly Lead[];
  readonly paneHeightPx: number;
  readonly pxPerMm: number;
  readonly gainFactorOf: (lead: number) => number;
  /** What a lead's signal reaches, px above and below 0 at its gain; null before it is known. */
  readonly reachOf: (lead: number) => Reach | null;
  /** Height above the first lane that is kept for symbols. */
  readonly headPx: number;
}

/**
 * Stacks the leads on one sheet; `heightPx` is the pane's height or more. Lanes are as high as their signals need:
 * where there is room for all, each gets its reach and an equal part of the rest, so that no beat runs into the
 * lane, or the letters, above it.
 */
export function layoutLanes(options: LaneOptions): { lanes: Lane[]; heightPx: number } {
  const { leads, paneHeightPx, pxPerMm, headPx } = options;
  const room = Math.max(0, paneHeightPx - headPx);
  const equalPx = Math.max(MIN_LANE_MM * pxPerMm, leads.length > 0 ? room / leads.length : room);
  const heights = laneHeights(options, room, equalPx);
  let topPx = headPx;
  const lanes = leads.map((lead, i): Lane => {
    const heightPx = heights[i]!;
    // Tall lanes put 0 mV on a 5 mm line, so that amplitudes can be counted; low ones stay evenly spaced.
    const snapPx = (heightPx >= 25 * pxPerMm ? 5 : 1) * pxPerMm;
    const reach = options.reachOf(lead.index);
    // Without a reach a little below the middle: R waves are taller than S waves are deep in most leads.
    const zeroPx =
      reach === null
        ? heightPx * 0.56
        : reach.abovePx + (heightPx - reach.abovePx - reach.belowPx) / 2;
    const lane = {
      lead,
      topPx,
      heightPx,
      baselinePx: Math.round((topPx + zeroPx) / snapPx) * snapPx,
      gainFactor: options.gainFactorOf(lead.index),
    };
    topPx += heightPx;
    return lane;
  });
  return { lanes, heightPx: Math.max(paneHeightPx, topPx) };
}

function laneHeights({ leads, reachOf }: LaneOptions, room: number, equalPx: number): number[] {
  const wanted = leads.map(({ index }) => {
    const reach = reachOf(index);
    return reach === null ? null : Math.max(FAIR_PX, reach.abovePx + reach.belowPx + 2 * AIR_PX);
  });
  const known = wanted.filter((height) => height !== null);
  const sum = known.reduce((total, height) => total + height, 0);
  if (known.length < leads.length || sum > room) return leads.map(() => equalPx);
  const rest = (room - sum) / leads.length;
  return known.map((height) => height + rest);
}

/** Lane under a height, or the nearest one; null without lanes. */
export function laneAt(lanes: readonly Lane[], yPx: number): Lane | null {
  return lanes.find((lane) => yPx < lane.topPx + lane.heightPx) ?? lanes.at(-1) ?? null;
}
