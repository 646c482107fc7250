import {
  FINDING_KINDS,
  kindTitle,
  wayToSettle,
  type ChosenStrip,
  type Finding,
  type FindingThresholds,
  type HeartRate,
  type Segment,
  worstOf,
} from '../../shared/domain';

import type { Findings } from '../findings/findings';

/** A strip with the title that it has where the reader gave none. */
export interface TitledStrip extends ChosenStrip {
  readonly ownTitle: string;
}

/** Rates are over this many intervals. */
const RATE_INTERVALS = 8;
/** A stretch that shows nothing but that there is a signal. */
const STRETCH_S = 6;
/** A row of paper, about. */
const ROW_S = 6;
/** What is no longer has no lowest and highest rate to show. */
const SHORT_RECORDING_S = 30;

/**
 * The strips of a report for which nobody has chosen any: the worst of each kind that was confirmed, or else is open,
 * lowest and highest rate, and the longest interval where they lie on none of these. No report is without a trace as
 * long as a segment can be read.
 * @param hasPage a page of twelve leads shows the signal as well
 */
export function defaultStrips(
  { findings, heartRate, thresholds }: Pick<Findings, 'findings' | 'heartRate' | 'thresholds'>,
  beatsS: Float64Array,
  segments: readonly Segment[],
  hasPage: boolean,
): TitledStrip[] {
  const strips: TitledStrip[] = [];
  for (const kind of FINDING_KINDS) {
    if (wayToSettle(kind) === 'signal') continue;
    const held = findings.filter((one) => one.kind === kind && one.state !== 'rejected');
    const confirmed = held.filter(({ state }) => state === 'confirmed');
    const among = confirmed.length > 0 ? confirmed : held;
    const worst = worstOf(among);
    if (!worst) continue;
    strips.push(stripOf(worst, among.length > 1 ? superlative(kind) : '', thresholds));
  }
  // What goes on and on comes after what is seen at a glance, however it ranks.
  strips.sort((one, other) => Number(goesOn(one)) - Number(goesOn(other)));
  const isLong = (segments.at(-1)?.endS ?? 0) > SHORT_RECORDING_S;
  for (const strip of heartRate && isLong ? rateStrips(heartRate, beatsS) : []) {
    const isOn = strips.some(({ startS, endS }) => startS <= strip.startS && strip.endS <= endS);
    if (!isOn) strips.push(strip);
  }
  if (strips.length > 0 || (hasPage && !isLong)) return strips;
  const readable = segments.find(({ verdict }) => verdict !== 'Unreadable');
  return readable
    ? [stretch(readable.startS, readable.startS + STRETCH_S, 'Start of the signal')]
    : [];
}

/** Rates and patterns, where they do not fit a row of paper. */
function goesOn({ id, startS, endS }: TitledStrip): boolean {
  return /^(bradycardia|tachycardia|bigeminy|trigeminy)@/.test(id) && endS - startS > ROW_S;
}

/** The strip of a finding. */
export function stripOf(
  { id, kind, startS, endS }: Finding,
  which: string,
  thresholds: FindingThresholds,
): TitledStrip {
  const title = kindTitle(kind, thresholds);
  const ownTitle = which ? `${title}, ${which}` : title;
  return { id, findingId: id, startS, endS, title: '', comment: '', ownTitle };
}

function stretch(startS: number, endS: number, ownTitle: string): TitledStrip {
  const id = `stretch@${Math.round(1000 * startS)}-${Math.round(1000 * endS)}`;
  return { id, findingId: null, startS, endS, title: '', comment: '', ownTitle };
}

function rateStrips(
  { lowest, highest, longestRr }: HeartRate,
  beatsS: Float64Array,
): TitledStrip[] {
  const eight = ({ bpm, atS }: HeartRate['lowest'], name: string): TitledStrip =>
    stretch(
      atS,
      Math.min(atS + (60 * RATE_INTERVALS) / bpm, beatsS.at(-1) ?? Infinity),
      `${name}, ${Math.round(bpm)} bpm over 8 beats`,
    );
  const { atS, ms } = longestRr;
  return [
    eight(lowest, 'Lowest rate'),
    eight(highest, 'Highest rate'),
    stretch(atS, atS + ms / 1000, `Longest RR, ${(ms / 1000).toFixed(2)} s`),
  ];
}

/** Why one of a kind stands for it. */
export function superlative(kind: Finding['kind']): string {
  switch (kind) {
    case 'bradycardia':
      return 'the slowest';
    case 'tachycardia':
    case 'ventricular-couplet':
    case 'sv-couplet':
      return 'the fastest';
    case 'ventricular-beat':
    case 'sv-beat':
    case 'fusion-beat':
      return 'the earliest';
    case 'borderline':
    case 'flagged-unclear':
      return 'the likeliest';
    default:
      return 'the longest';
  }
}
