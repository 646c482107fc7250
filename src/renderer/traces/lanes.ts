import type { Lead } from '../../shared/domain';
import { isInColumn, type LeadColumn, type LeadRow } from '../../shared/domain/lead-layout';

/** Where one lead is drawn, in CSS px from the top of the paper. */
export interface Lane {
  readonly lead: Lead;
  readonly topPx: number;
  readonly heightPx: number;
  /** Height of 0 mV; lies on a line of the grid. */
  readonly baselinePx: number;
  /** Factor on the common gain, 1 unless the reader changed it for this lead. */
  readonly gainFactor: number;
  /** The part of the paper that it is drawn in; absent where it is the whole row. */
  readonly column?: LeadColumn;
  /** Name of a lead that is shown upside down, as `-aVR`. */
  readonly invertedAs?: string;
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
/** Paper left free above and below what a signal reaches, and what is left of it before the pane would have to scroll. */
const AIR_PX = 8;
const TIGHT_AIR_PX = 2;
/** Half a large square: so far traces of neighbours may cross, as on paper, before the pane would have to scroll. */
const CROSSING_MM = 2.5;

export interface LaneOptions {
  readonly rows: readonly LeadRow[];
  readonly paneHeightPx: number;
  readonly pxPerMm: number;
  readonly gainFactorOf: (lead: number) => number;
  /** What a lead's signal reaches, px above and below 0 at its gain; null before it is known. */
  readonly reachOf: (lead: number) => Reach | null;
  /** Height above the first lane that is kept for symbols. */
  readonly headPx: number;
}

/**
 * Stacks the rows on one sheet; `heightPx` is the pane's height or more. Rows are as high as their signals need, so that
 * no beat runs into the row, or the letters, above it: where there is room for all, each gets its reach and an equal
 * part of the rest. Where a little is missing they are pressed together, and may cross by half a square, so that no trace
 * ends at the pane's edge; where more is, the paper is higher than the pane. But twelve leads in columns are one page, which
 * is seen whole: there traces cross, as they do on paper.
 */
export function layoutLanes(options: LaneOptions): { lanes: Lane[]; heightPx: number } {
  const { rows, paneHeightPx, pxPerMm, headPx } = options;
  const room = Math.max(0, paneHeightPx - headPx);
  const equalPx = Math.max(MIN_LANE_MM * pxPerMm, rows.length > 0 ? room / rows.length : room);
  const reaches = rows.map((row) => rowReach(row, options));
  const isPage = rows.some((row) => row[0]?.column);
  const crossingPx = CROSSING_MM * pxPerMm;
  const heights = rowHeights(reaches, { room, equalPx, crossingPx, isPage });
  let topPx = headPx;
  const lanes = rows.flatMap((row, i): Lane[] => {
    const heightPx = heights[i]!;
    const reach = reaches[i]!;
    // Without a reach a little below the middle: R waves are taller than S waves are deep in most leads.
    const end = i === 0 ? 'first' : i === rows.length - 1 ? 'last' : null;
    const zeroPx =
      reach === null
        ? heightPx * 0.56
        : zeroOf(reach, heightPx, isPage ? AIR_PX : TIGHT_AIR_PX, end);
    const onLine = (mm: number): number =>
      Math.round((topPx + zeroPx) / (mm * pxPerMm)) * mm * pxPerMm;
    // Tall lanes put 0 mV on a 5 mm line, so that amplitudes can be counted; low ones stay evenly spaced, and what just fits
    // is not moved over its edge for it.
    const isFree =
      reach === null ||
      (onLine(5) - reach.abovePx >= topPx && onLine(5) + reach.belowPx <= topPx + heightPx);
    const baselinePx = onLine(heightPx >= 25 * pxPerMm && isFree ? 5 : 1);
    const place = { topPx, heightPx, baselinePx };
    topPx += heightPx;
    return row.map(({ lead, column, invertedAs }) => ({
      lead,
      ...place,
      gainFactor: options.gainFactorOf(lead.index),
      ...(column ? { column } : {}),
      ...(invertedAs === undefined ? {} : { invertedAs }),
    }));
  });
  return { lanes, heightPx: Math.max(paneHeightPx, topPx) };
}

/**
 * Height of 0 from the top of a row. What does not fit lies in both neighbours; that of the first row and the last lies in
 * the only one they have, not in the letters or off the paper. What reaches further than that is cut in the middle.
 */
function zeroOf(
  { abovePx, belowPx }: Reach,
  heightPx: number,
  airPx: number,
  place: 'first' | 'last' | null,
): number {
  const restPx = heightPx - abovePx - belowPx;
  const isOver = restPx < 2 * airPx && restPx > -heightPx;
  if (place === 'first' && isOver) return abovePx + airPx;
  if (place === 'last' && isOver) return abovePx + restPx - airPx;
  return abovePx + restPx / 2;
}

/** Room for marks below the rhythm strip of leads in columns, where most are set. */
const MARKS_PX = 26;

/** What the leads of a row reach together; null while it is not known of all. */
function rowReach(row: LeadRow, { reachOf, rows }: LaneOptions): Reach | null {
  let abovePx = 0;
  let belowPx = 0;
  for (const { lead, invertedAs } of row) {
    const reach = reachOf(lead.index);
    if (reach === null) return null;
    const turned = invertedAs !== undefined;
    abovePx = Math.max(abovePx, turned ? reach.belowPx : reach.abovePx);
    belowPx = Math.max(belowPx, turned ? reach.abovePx : reach.belowPx);
  }
  const isRhythm = !row.some(({ column }) => column) && rows.some((one) => one[0]?.column);
  return { abovePx, belowPx: belowPx + (isRhythm ? MARKS_PX : 0) };
}

/**
 * A lead that reaches further than this part of the room is cut, or it would push all others off the screen; but not below
 * what an ordinary signal reaches, or in a low pane all would be cut and lie over each other.
 */
const MOST_OF_ROOM = 0.5;
const ORDINARY_PX = 170;

/** Rows of one page are pressed together to this part of what they need at most; beyond it the pane scrolls all the same. */
const MOST_PRESSED = 0.6;

interface Room {
  readonly room: number;
  readonly equalPx: number;
  readonly crossingPx: number;
  readonly isPage: boolean;
}

function rowHeights(
  reaches: readonly (Reach | null)[],
  { room, equalPx, crossingPx, isPage }: Room,
): number[] {
  const known = reaches.filter((reach) => reach !== null);
  if (known.length < reaches.length) return reaches.map(() => equalPx);
  const mostPx = Math.max(ORDINARY_PX, MOST_OF_ROOM * room);
  const withAir = (airPx: number): number[] =>
    known.map(({ abovePx, belowPx }) => Math.min(mostPx, abovePx + belowPx + 2 * airPx));
  const least = withAir(AIR_PX);
  for (const wanted of [least.map((height) => Math.max(FAIR_PX, height)), least]) {
    const rest = (room - wanted.reduce((sum, height) => sum + height, 0)) / wanted.length;
    if (rest >= 0) return wanted.map((height) => height + rest);
  }
  const needed = least.reduce((sum, height) => sum + height, 0);
  if (!isPage) {
    const tight = withAir(TIGHT_AIR_PX);
    const rest = room - tight.reduce((sum, height) => sum + height, 0);
    if (rest >= -crossingPx * (tight.length - 1))
      return tight.map((height) => height + rest / tight.length);
  }
  return isPage ? least.map((height) => height * Math.max(MOST_PRESSED, room / needed)) : least;
}

/** Lane under a height at a time, or the nearest one; null without lanes. */
export function laneAt(lanes: readonly Lane[], yPx: number, timeS: number): Lane | null {
  const shown = lanes.filter(({ column }) => isInColumn(column, timeS));
  return shown.find((lane) => yPx < lane.topPx + lane.heightPx) ?? shown.at(-1) ?? null;
}
