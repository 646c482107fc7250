import { GAIN_MM_PER_MV } from './paper';
import type { StripLead } from './types';

/** Free paper kept above and below a trace. */
const PADDING_MM = 2;
/** Two 0 mV lines are never nearer than this, or than this part of what there is for each: names and traces lay on one another. */
const APART_MM = 7;
const APART_SHARE = 0.65;
/** Height for a lead however flat it is: the calibration pulse of 10 mm must fit beside it. */
const LEAST_MM = 14;

interface Extent {
  readonly upMm: number;
  readonly downMm: number;
}

/** How far a trace reaches above and below its baseline on paper. */
function extentOf({ samplesMv }: StripLead): Extent {
  let highest = 0;
  let lowest = 0;
  for (const value of samplesMv) {
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  return { upMm: highest * GAIN_MM_PER_MV, downMm: -lowest * GAIN_MM_PER_MV };
}

/** What the leads take up, the first with the calibration pulse beside it. */
function extentsOf(leads: readonly StripLead[]): Extent[] {
  return leads.map((lead, i) => {
    const { upMm, downMm } = extentOf(lead);
    return { upMm: i === 0 ? Math.max(upMm, GAIN_MM_PER_MV) : upMm, downMm };
  });
}

const wishMm = ({ upMm, downMm }: Extent): number =>
  Math.max(LEAST_MM, upMm + downMm + 2 * PADDING_MM);

/** Height of paper on which no trace reaches into its neighbour's, in whole 5-mm squares. */
export function paperForMm(leads: readonly StripLead[]): number {
  const wanted = extentsOf(leads).reduce((sum, extent) => sum + wishMm(extent), 0);
  return Math.ceil(wanted / 5) * 5;
}

/**
 * Distances of the leads' 0 mV lines from the top of the paper, on millimetre lines. Each lead gets room by what
 * it needs; where that is more than there is, neighbours share it, and only the paper's edge cuts a trace off.
 */
export function baselinesMm(leads: readonly StripLead[], paperMm: number): number[] {
  const extents = extentsOf(leads);
  const wishes = extents.map(wishMm);
  const total = wishes.reduce((sum, wish) => sum + wish, 0);
  const spareMm = Math.max(0, paperMm - total) / leads.length;
  const scale = Math.min(1, paperMm / total);
  let top = 0;
  const wanted = extents.map(({ upMm, downMm }, i) => {
    const wish = wishes[i]! * scale;
    // Where a flat lead has more than its trace needs, the rest is shared above and below.
    const idle = Math.max(0, wishes[i]! - upMm - downMm - 2 * PADDING_MM) / 2;
    const above = (PADDING_MM + idle + upMm) * scale + spareMm / 2;
    // The edge cuts what a neighbour would only cross.
    const highest = upMm + 0.5;
    const lowest = paperMm - downMm - 0.5;
    // A trace that is higher than the paper is cut at both edges, by what it has above and below.
    const fits = highest <= lowest;
    const baseline = Math.round(
      fits ? Math.min(Math.max(top + above, highest), lowest) : top + above,
    );
    top += wish + spareMm;
    return baseline;
  });
  const each = Math.floor(Math.min(APART_MM, (APART_SHARE * paperMm) / leads.length));
  return apart(wanted, each, paperMm - (extents.at(-1)?.downMm ?? 0));
}

/** Heights moved down, and those that are then too low up again, until each is `leastMm` below the one before it. */
function apart(heights: readonly number[], leastMm: number, lowestMm: number): number[] {
  const moved = [...heights];
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i]!, moved[i - 1]! + leastMm);
  const last = moved.length - 1;
  // What its own trace takes up below the last one is kept, where it was.
  if (last >= 0)
    moved[last] = Math.min(moved[last]!, Math.max(heights[last]!, Math.floor(lowestMm)));
  for (let i = last - 1; i >= 0; i--) moved[i] = Math.min(moved[i]!, moved[i + 1]! - leastMm);
  return moved;
}

/** Whether a trace leaves the paper anywhere. */
export function leavesPaper(lead: StripLead, baselineMm: number, paperMm: number): boolean {
  const { upMm, downMm } = extentOf(lead);
  return upMm > baselineMm + 1e-6 || downMm > paperMm - baselineMm + 1e-6;
}

/** As near as this two traces are seen to cross, seconds: half a large square at 25 mm/s. */
const NEAR_S = 0.1;

/** Whether a trace lies on the one below it, or below that, at about the same time. */
export function tracesCross(leads: readonly StripLead[], baselines: readonly number[]): boolean {
  return leads.slice(1).some((lower, i) => {
    const roomMv = (baselines[i + 1]! - baselines[i]!) / GAIN_MM_PER_MV;
    const lowest = partsOf(leads[i]!, Math.min, Infinity);
    return partsOf(lower, Math.max, -Infinity).some((highest, part) =>
      lowest.slice(Math.max(0, part - 1), part + 2).some((low) => highest - low >= roomMv),
    );
  });
}

/** Of each part of `NEAR_S` the value that `choose` takes; missing samples are none. */
function partsOf(
  { samplesMv, samplingRateHz }: StripLead,
  choose: (one: number, other: number) => number,
  none: number,
): number[] {
  const parts: number[] = [];
  samplesMv.forEach((value, sample) => {
    const part = Math.floor(sample / (NEAR_S * samplingRateHz));
    parts[part] = choose(parts[part] ?? none, Number.isNaN(value) ? none : value);
  });
  return parts;
}
