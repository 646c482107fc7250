import { lowerBound, type TimeSpan } from '../../../shared/domain';
import { lowerQuantile } from '../quantiles';
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
  const beats = timeS.length;
  for (let beat = 0; beat <= beats; beat++) {
    const from = beat > 0 ? timeS[beat - 1]! : startS;
    const to = beat < beats ? timeS[beat]! : endS;
    if (to - from < SHORTEST_S) continue;
    const gap = { startS: from, endS: to };
    if (isRestless(leads, gap, timeS, startS)) gaps.push(gap);
  }
  return gaps;
}

function isRestless(
  leads: readonly HeardLead[],
  gap: TimeSpan,
  timeS: Float64Array,
  startS: number,
): boolean {
  let [nothing, complexes, known] = [false, false, false];
  for (const lead of leads) {
    const shown = shownIn(lead, gap, timeS, startS);
    nothing ||= shown === 'nothing';
    complexes ||= shown === 'complexes';
    known ||= shown !== 'unknown';
  }
  return known && (complexes || !nothing);
}

/** What a lead shows between two beats; nothing is known of one that is off, or noisy, for half of it. */
function shownIn(
  { bands, quality }: HeardLead,
  gap: TimeSpan,
  timeS: Float64Array,
  firstS: number,
): 'nothing' | 'complexes' | 'activity' | 'unknown' {
  if (!isGoodForHalf(quality, gap.startS - firstS, gap.endS - firstS)) return 'unknown';
  const { hz, envelope, slow, fast } = bands;
  const from = placeIn(bands, gap.startS + AFTER_S - firstS);
  const to = placeIn(bands, gap.endS - BEFORE_S - firstS);
  if (to <= from) return 'nothing';
  const first = lowerBound(timeS, gap.startS);
  const near = timeS.subarray(Math.max(0, first - NEIGHBOURS), first + NEIGHBOURS + 1);
  if (near.length === 0) return rangeOf(fast, from, to) < QUIET_MV ? 'nothing' : 'activity';
  const { height, complex } = typicalOf(bands, near, firstS);
  const busy = shareAbove(envelope, from, to, BUSY * complex);
  if (
    busy >= SHOWN.share &&
    busy <= SHOWN.most &&
    highest(envelope, from, to) >= SHOWN.height * complex
  )
    return 'complexes';
  if (busy > QUIET_SHARE) return 'activity';
  return driftPerS(slow, from, to, hz) <= DRIFT_PER_S * height ? 'nothing' : 'activity';
}

/** The sample nearest to a time from the first one on, s. */
function placeIn({ hz, envelope }: LeadBands, s: number): number {
  return Math.max(0, Math.min(envelope.length, Math.round(s * hz)));
}

/** @param fromS of the seconds that are asked for, from the first on */
function isGoodForHalf(quality: Uint8Array, fromS: number, toS: number): boolean {
  const seconds = quality.subarray(Math.floor(fromS), Math.ceil(toS));
  let good = 0;
  for (const level of seconds) if (level === QUALITY.good) good++;
  return good >= seconds.length / 2;
}

/** Height of the complexes of some beats and how high their envelope goes, medians. */
function typicalOf(
  bands: LeadBands,
  beatsS: Float64Array,
  firstS: number,
): { readonly height: number; readonly complex: number } {
  const heights = new Float64Array(beatsS.length);
  const tops = new Float64Array(beatsS.length);
  for (let i = 0; i < beatsS.length; i++) {
    const s = beatsS[i]!;
    heights[i] = rangeOf(
      bands.fast,
      placeIn(bands, s - 0.15 - firstS),
      placeIn(bands, s + 0.15 - firstS),
    );
    tops[i] = highest(
      bands.envelope,
      placeIn(bands, s - 0.1 - firstS),
      placeIn(bands, s + 0.1 - firstS),
    );
  }
  return { height: lowerQuantile(heights, 0.5), complex: lowerQuantile(tops, 0.5) };
}

function shareAbove(x: Float64Array, from: number, to: number, limit: number): number {
  let above = 0;
  for (let i = from; i < to; i++) if (x[i]! > limit) above++;
  return above / (to - from);
}

/** Range of a second of the calmest stretch of `CALM_S`; after a shock a lead drifts, and then shows what there is. */
function driftPerS(slow: Float64Array, from: number, to: number, hz: number): number {
  const width = Math.min(to - from, Math.round(CALM_S * hz));
  let least = Infinity;
  for (let first = from; first + width <= to; first += Math.ceil(width / 4))
    least = Math.min(least, rangeOf(slow, first, first + width));
  return (least * hz) / width;
}

function highest(x: Float64Array, from: number, to: number): number {
  let top = 0;
  for (let i = from; i < to; i++) top = Math.max(top, x[i]!);
  return top;
}

function rangeOf(x: Float64Array, from: number, to: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    low = Math.min(low, x[i]!);
    high = Math.max(high, x[i]!);
  }
  return high >= low ? high - low : 0;
}
