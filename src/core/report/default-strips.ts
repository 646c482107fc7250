import {
  FINDING_KINDS,
  kindTitle,
  isPressingReason,
  wayToSettle,
  type ChosenStrip,
  type Finding,
  type FindingThresholds,
  type HeartRate,
  type Segment,
  type TimeSpan,
  worstOf,
} from '../../shared/domain';
import { reasonInWords } from '../../shared/domain/reason-words';
import { RATE_INTERVALS, rateIntervals } from '../../shared/domain/heart-rate';
import type { Words } from '../../shared/words';
import type { Findings } from '../findings/findings';
import { PAPER_MM, traceWidthMm } from './page-size';
import { stripRows } from './strip-rows';

/** A strip with the title that it has where the reader gave none. */
export interface TitledStrip extends ChosenStrip {
  readonly ownTitle: string;
}

/** A stretch that shows nothing but that there is a signal. */
const STRETCH_S = 6;
/** A row of paper, about. */
const ROW_S = 6;
/** What is no longer has no lowest and highest rate to show. */
const SHORT_RECORDING_S = 30;
/** Room for the trace on the narrower of the two papers. */
const NARROWEST_MM = traceWidthMm(PAPER_MM.A4.width);

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
  words: Words,
): TitledStrip[] {
  const strips: TitledStrip[] = [];
  for (const kind of FINDING_KINDS) {
    if (wayToSettle(kind) === 'signal') continue;
    const held = findings.filter((one) => one.kind === kind && one.state !== 'rejected');
    const confirmed = held.filter(({ state }) => state === 'confirmed');
    const among = confirmed.length > 0 ? confirmed : held;
    const worst = worstOf(among);
    if (!worst) continue;
    const which = among.length > 1 ? words.say(`reportConclusion.which_${superlative(kind)}`) : '';
    strips.push(stripOf(worst, which, thresholds, words));
  }
  // What cannot wait comes first, as in the conclusion; what goes on and on after what is seen at a glance.
  const pressing = new Set(
    findings.filter((one) => isPressingReason(one.reason)).map(({ id }) => id),
  );
  const rank = (one: TitledStrip): number => (pressing.has(one.id) ? -1 : Number(goesOn(one)));
  strips.sort((one, other) => rank(one) - rank(other));
  const durationS = segments.at(-1)?.endS ?? 0;
  const isLong = durationS > SHORT_RECORDING_S;
  for (const strip of heartRate && isLong ? rateStrips(heartRate, beatsS, thresholds, words) : []) {
    if (!strips.some((one) => isOn(strip, one, beatsS, durationS))) strips.push(strip);
  }
  if (strips.length > 0 || (hasPage && !isLong)) return strips;
  const readable = segments.find(({ verdict }) => verdict !== 'Unreadable');
  if (!readable) return [];
  const title = words.say('reportConclusion.startOfSignal');
  return [stretch(readable.startS, readable.startS + STRETCH_S, title)];
}

/** Whether a stretch lies on the paper of another strip: of what is long its middle is left out. */
function isOn(
  { startS, endS }: TimeSpan,
  strip: TimeSpan,
  beatsS: Float64Array,
  durationS: number,
): boolean {
  if (startS < strip.startS || endS > strip.endS) return false;
  const { rows, leftOutS } = stripRows(strip, beatsS, durationS, NARROWEST_MM);
  return leftOutS === 0 || rows.some((row) => row.startS <= startS && endS <= row.endS);
}

/** Rates and patterns, where they do not fit a row of paper. */
function goesOn({ id, startS, endS }: TitledStrip): boolean {
  return /^(bradycardia|tachycardia|bigeminy|trigeminy)@/.test(id) && endS - startS > ROW_S;
}

/** The strip of a finding. */
export function stripOf(
  { id, kind, startS, endS, reason }: Finding,
  which: string,
  thresholds: FindingThresholds,
  words: Words,
): TitledStrip {
  const title = kindTitle(kind, thresholds, words);
  // That it may be ventricular fibrillation says more than that it is the likeliest.
  const why = isPressingReason(reason) ? reasonInWords(reason!, words) : which;
  const ownTitle = why ? `${title}, ${why}` : title;
  return { id, findingId: id, startS, endS, title: '', comment: '', ownTitle };
}

function stretch(startS: number, endS: number, ownTitle: string): TitledStrip {
  const id = `stretch@${Math.round(1000 * startS)}-${Math.round(1000 * endS)}`;
  return { id, findingId: null, startS, endS, title: '', comment: '', ownTitle };
}

function rateStrips(
  { lowest, highest, longestRr }: HeartRate,
  beatsS: Float64Array,
  { bradycardiaBpm, tachycardiaBpm }: FindingThresholds,
  words: Words,
): TitledStrip[] {
  const eight = (
    at: HeartRate['lowest'],
    name: 'lowestRate' | 'highestRate',
    limit: number,
  ): TitledStrip =>
    stretch(
      at.atS,
      Math.min(at.atS + (60 * RATE_INTERVALS) / at.bpm, beatsS.at(-1) ?? Infinity),
      words.say(`reportConclusion.${name}`, {
        bpm: words.numberBeside(at.bpm, 0, [limit]),
        n: rateIntervals(at),
      }),
    );
  const { atS, ms } = longestRr;
  return [
    eight(lowest, 'lowestRate', bradycardiaBpm),
    eight(highest, 'highestRate', tachycardiaBpm),
    stretch(
      atS,
      atS + ms / 1000,
      words.say('reportConclusion.longestRr', { s: words.number(ms / 1000, 2) }),
    ),
  ];
}

type Superlative = 'slowest' | 'fastest' | 'earliest' | 'likeliest' | 'longest';

/** Why one of a kind stands for it. */
function superlative(kind: Finding['kind']): Superlative {
  switch (kind) {
    case 'bradycardia':
      return 'slowest';
    case 'tachycardia':
    case 'ventricular-couplet':
    case 'sv-couplet':
      return 'fastest';
    case 'ventricular-beat':
    case 'sv-beat':
    case 'fusion-beat':
      return 'earliest';
    case 'borderline':
    case 'flagged-unclear':
      return 'likeliest';
    default:
      return 'longest';
  }
}
