import type { Lane, Reach } from './lanes';
import type { TileTrace } from './tile-grid';

/** By the unit in lower case: headers write `mV`, `mv` and `MV` and mean the same. U+00B5 and U+03BC are both in use. */
const MV_PER_UNIT: Record<string, number> = {
  mv: 1,
  uv: 1e-3,
  '\u00b5v': 1e-3,
  '\u03bcv': 1e-3,
  v: 1e3,
  nv: 1e-6,
};

export interface LaneScale {
  /** CSS px per unit of the lead. */
  readonly pxPerUnit: number;
  /** Value that stands on the lane's zero line; 0 unless the signal would lie off its lane. */
  readonly zero: number;
}

/** mV in one unit of a lead, or null where the unit is no voltage. */
export function mvPerUnit(units: string): number | null {
  return MV_PER_UNIT[units.trim().toLowerCase()] ?? null;
}

/** How units are written, for units as headers write them. */
const UNIT_NAMES: Record<string, string> = {
  mv: 'mV',
  uv: 'µV',
  '\u00b5v': 'µV',
  '\u03bcv': 'µV',
  v: 'V',
  nv: 'nV',
};

/** The unit of a lead as people write it; one that is no voltage as its header has it. */
export function unitName(units: string): string {
  return UNIT_NAMES[units.trim().toLowerCase()] ?? units;
}

function finiteSorted(trace: TileTrace): number[] {
  const stride = Math.max(1, Math.floor(trace.values.length / 2000));
  const found: number[] = [];
  for (let i = 0; i < trace.values.length; i += stride) {
    const value = trace.values[i]!;
    if (value === value) found.push(value);
  }
  return found.sort((a, b) => a - b);
}

/** Parts of the values left out at each end of what a signal reaches: artefacts would take all the room. */
const LEFT_OUT = 0.002;

/** What the first tile of a lead reaches above and below 0, CSS px; null for what is no voltage or not there. */
export function reachOf(
  units: string,
  first: TileTrace | undefined,
  pxPerMv: number,
): Reach | null {
  const mv = mvPerUnit(units);
  const values = first && mv !== null ? finiteSorted(first) : [];
  if (values.length === 0) return null;
  const at = (q: number): number => values[Math.round(q * (values.length - 1))]!;
  const px = mv! * pxPerMv;
  return {
    abovePx: Math.max(0, at(1 - LEFT_OUT) * px),
    belowPx: Math.max(0, -at(LEFT_OUT) * px),
  };
}

/**
 * Scale of a lane. An ECG lead keeps the paper's gain; it is only shifted, by its median, where it would
 * otherwise lie off its lane (electrode offset in an unfiltered signal). A signal that is no voltage is
 * fitted to its lane, since mm/mV means nothing for it. `first` is the first tile seen of the lead: the
 * scale must not change while scrolling.
 */
export function scaleLane(lane: Lane, pxPerMv: number, first: TileTrace | undefined): LaneScale {
  const mv = lane.lead.isEcg ? mvPerUnit(lane.lead.units) : null;
  const values = first ? finiteSorted(first) : [];
  const at = (q: number): number => values[Math.floor(q * (values.length - 1))] ?? 0;
  if (mv !== null) {
    const sign = lane.invertedAs === undefined ? 1 : -1;
    const pxPerUnit = sign * pxPerMv * mv * lane.gainFactor;
    const median = at(0.5);
    const off = Math.abs(median * pxPerUnit) > lane.heightPx * 0.4;
    return { pxPerUnit, zero: off ? median : 0 };
  }
  const range = at(0.99) - at(0.01) || 1;
  return { pxPerUnit: ((lane.heightPx * 0.7) / range) * lane.gainFactor, zero: at(0.5) };
}
