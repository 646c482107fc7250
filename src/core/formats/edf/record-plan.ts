import { gcd } from '../shared/writing/common-frame';
import type { Run } from '../shared/writing/survey-leads';

/** How frames are put into data records of one length. */
export interface RecordPlan {
  readonly framesPerRecord: number;
  /** The field of the header: eight characters at most. */
  readonly durationText: string;
  readonly durationS: number;
  /** Stretches without a gap, each of whole records; the last record of one may go beyond its end. */
  readonly segments: readonly Run[];
}

/** Shorter gaps are filled: a data record for each would be smaller than what it says of itself. */
const SHORTEST_GAP_S = 0.1;
/** What EDF asks for: data records of at most 61,440 bytes, and one second where nothing speaks against it. */
const MAX_RECORD_SAMPLES = 30_720;
const SHORTEST_RECORD_S = 0.1;
const LONGEST_RECORD_S = 10;

/**
 * Chooses the length of data records: a number of frames whose duration can be written without rounding, that divides
 * the stretches where any does, near a second.
 * @param frames of the whole recording
 * @param frameSamples samples of all leads in a frame
 */
export function planRecords(
  frames: number,
  frameRateHz: number,
  frameSamples: number,
  gaps: readonly Run[],
): RecordPlan {
  const shortest = Math.max(1, Math.ceil(SHORTEST_GAP_S * frameRateHz));
  const wide = gaps.filter(({ start, end }) => end - start >= shortest || end === frames);
  const segments = between(wide, frames);
  const lengths = segments.map(({ start, end }) => end - start);
  const smallestGap = wide.reduce(
    (least, { start, end }) => Math.min(least, end - start),
    Infinity,
  );
  const common = lengths.reduce(gcd, 0);
  const most = Math.max(
    1,
    Math.min(
      lengths.reduce((most, length) => Math.max(most, length), 1),
      Math.floor(LONGEST_RECORD_S * frameRateHz) || 1,
      Math.max(1, Math.floor(MAX_RECORD_SAMPLES / frameSamples)),
    ),
  );
  let best: { frames: number; cost: number } | null = null;
  for (let m = 1; m <= most; m++) {
    if (exactText(m / frameRateHz) === null) continue;
    const divides = common % m === 0;
    // A record that goes beyond its stretch must end before the next.
    if (!divides && m > smallestGap) continue;
    const filling = lengths.reduce((sum, length) => sum + ((m - (length % m)) % m), 0);
    const awayFromSecond = Math.abs(Math.log(m / frameRateHz));
    const unhandy = m / frameRateHz < SHORTEST_RECORD_S ? 100 : 0;
    const cost = awayFromSecond + unhandy + (divides ? 0 : 10 + filling / frameRateHz);
    if (!best || cost < best.cost) best = { frames: m, cost };
  }
  // No length can be written exactly: the nearest to a second, rounded to eight characters.
  const framesPerRecord = best?.frames ?? Math.min(most, Math.max(1, Math.round(frameRateHz)));
  const durationS = framesPerRecord / frameRateHz;
  const durationText = exactText(durationS) ?? eightCharacters(durationS);
  return { framesPerRecord, durationText, durationS, segments };
}

/** The stretches that gaps leave. */
function between(gaps: readonly Run[], frames: number): Run[] {
  const segments: Run[] = [];
  let start = 0;
  for (const gap of gaps) {
    if (gap.start > start) segments.push({ start, end: gap.start });
    start = gap.end;
  }
  if (start < frames) segments.push({ start, end: frames });
  return segments;
}

/** A number in at most eight characters without rounding it, or null. */
export function exactText(value: number): string | null {
  const text = String(Number(value.toPrecision(12)));
  return text.length <= 8 && /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}

/** A number rounded to at most eight characters. */
export function eightCharacters(value: number): string {
  for (let decimals = 7; decimals >= 0; decimals--) {
    const text = value.toFixed(decimals);
    if (text.length <= 8) return text;
  }
  return value < 0 ? '-9999999' : '99999999';
}
