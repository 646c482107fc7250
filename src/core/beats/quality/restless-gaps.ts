import { lowerBound, type TimeSpan } from '../../../shared/domain';
import { lowerQuantile } from '../qrs-filters';
import type { LeadBands } from './quality-features';
import { QUALITY } from './signal-quality';

/** Shorter intervals are no pause by any rule. */
const SHORTEST_S = 1.2;
/** Left out after and before a beat: its T wave, and the P wave of the next. */
const AFTER_S = 0.4;
const BEFORE_S = 0.25;
/** Beats on each side whose complexes say how large one is in a lead. */
const NEIGHBOURS = 10;
/** A lead is busy where its slope envelope exceeds this part of a complex's. */
const BUSY = 0.3;
/** A quiet lead is busy for no more of a gap than this: a tenth of a second, in two. */
const QUIET_SHARE = 0.05;
/** A lead that drifts by more than this part of a complex's height in a second has lost its electrode. */
const DRIFT_PER_S = 0.6;
/** Of a longer gap only the calmest stretch of so many seconds is asked whether the lead drifts. */
const CALM_S = 4;
/**
 * Another lead shows complexes where it is busy for at least such a share and its envelope comes to such a part of theirs.
 * Where it is busy for most of the time it is one that shows only noise, or as in flutter the others are busy too.
 */
const SHOWN = { share: 0.1, most: 0.6, height: 0.6 } as const;
/** Without a beat to compare with a lead is quiet below this range, mV. */
const QUIET_MV = 0.1;

/** A lead of a stretch; all begin together. */
export interface HeardLead {
  readonly bands: LeadBands;
  /** Quality of each second, pauses told from leads that are off (`connectedSeconds`). */
  readonly quality: Uint8Array;
}

/**
 * Gaps between the beats that were found, and before the first and after the last, that are no pause: no connected lead
 * is quiet in them, or one is while another shows complexes. Either the beats there were missed, as in ventricular
 * flutter, or the electrode of the lead that they were found in came off. Of the 67 gaps of 1.7 s or more in the 26
 * records of MIT-BIH at hand all 52 without an annotated beat are quiet, and 11 of the 15 others are not.
 * @param startS of the leads' first sample, from the start of the recording
 * @param timeS beats in time order, seconds from the start of the recording, [beats]
 * @param endS end of the leads
 */
export function restlessGaps(
  leads: readonly HeardLead[],
  timeS: Float64Array,
  startS: number,
  endS: number,
): TimeSpan[] {
  const gaps: TimeSpan[] = [];
  for (let beat = 0; beat <= timeS.length; beat++) {
    const gap = { startS: timeS[beat - 1] ?? startS, endS: timeS[beat] ?? endS };
    if (gap.endS - gap.startS < SHORTEST_S) continue;
    const shown = leads.map((lead) => shownIn(lead, gap, timeS, startS));
    const isQuiet = shown.includes('nothing') && !shown.includes('complexes');
    if (!isQuiet && shown.some((one) => one !== 'unknown')) gaps.push(gap);
  }
  return gaps;
}

/** What a lead shows between two beats; nothing is known of one that is off, or noisy, for half of it. */
function shownIn(
  { bands, quality }: HeardLead,
  gap: TimeSpan,
  timeS: Float64Array,
  firstS: number,
): 'nothing' | 'complexes' | 'activity' | 'unknown' {
  const { hz, envelope, slow, fast } = bands;
  const at = (s: number): number =>
    Math.max(0, Math.min(envelope.length, Math.round((s - firstS) * hz)));
  const seconds = quality.subarray(Math.floor(gap.startS - firstS), Math.ceil(gap.endS - firstS));
  const good = seconds.filter((level) => level === QUALITY.good).length;
  if (good < seconds.length / 2) return 'unknown';
  const [from, to] = [at(gap.startS + AFTER_S), at(gap.endS - BEFORE_S)];
  if (to <= from) return 'nothing';
  const inside = envelope.subarray(from, to);
  const first = lowerBound(timeS, gap.startS);
  const near = timeS.subarray(Math.max(0, first - NEIGHBOURS), first + NEIGHBOURS + 1);
  if (near.length === 0) return rangeOf(fast, from, to) < QUIET_MV ? 'nothing' : 'activity';
  const typical = (of: (beatS: number) => number): number =>
    lowerQuantile(Float64Array.from(near, of), 0.5);
  const height = typical((s) => rangeOf(fast, at(s - 0.15), at(s + 0.15)));
  const complex = typical((s) => highest(envelope.subarray(at(s - 0.1), at(s + 0.1))));
  const busy = inside.filter((level) => level > BUSY * complex).length / inside.length;
  if (busy >= SHOWN.share && busy <= SHOWN.most && highest(inside) >= SHOWN.height * complex)
    return 'complexes';
  if (busy > QUIET_SHARE) return 'activity';
  return driftPerS(slow, from, to, hz) <= DRIFT_PER_S * height ? 'nothing' : 'activity';
}

/** Range of a second of the calmest stretch of `CALM_S`; after a shock a lead drifts, and then shows what there is. */
function driftPerS(slow: Float64Array, from: number, to: number, hz: number): number {
  const width = Math.min(to - from, Math.round(CALM_S * hz));
  let least = Infinity;
  for (let first = from; first + width <= to; first += Math.ceil(width / 4))
    least = Math.min(least, rangeOf(slow, first, first + width));
  return (least * hz) / width;
}

function highest(x: Float64Array): number {
  return x.reduce((top, value) => Math.max(top, value), 0);
}

function rangeOf(x: Float64Array, from: number, to: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    low = Math.min(low, x[i]!);
    high = Math.max(high, x[i]!);
  }
  return high >= low ? high - low : 0;
}
