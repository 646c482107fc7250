import {
  FINDING_KINDS,
  formatCount,
  formatDuration,
  isPressingReason,
  pauseLength,
  rateInWords,
  wayToSettle,
  type ConclusionSentence,
  type Finding,
  type FindingKind,
  type FindingThresholds,
  type HeartRate,
  type SentencePart,
  type WrittenConclusion,
  worstOf,
} from '../../shared/domain';

import type { Words } from '../../shared/words';
import type { Findings } from '../findings/findings';
import { kindNoun } from './kind-nouns';
import { shareText } from '../../shared/domain/share-text';
import { reasonInWords } from '../../shared/domain/reason-words';
import { RATE_INTERVALS, rateIntervals } from '../../shared/domain/heart-rate';
import { lengthText, type ReportTimes } from './report-times';

/** A ventricular tachycardia from here on is sustained (ACC/AHA/HRS, Al-Khatib et al., Circulation 2018;138:e272). */
const SUSTAINED_S = 30;

/** What is said of signal and verdicts, and names no arrhythmia. */
const NO_ARRHYTHMIA: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'paced',
  'wide-qrs',
  'noise',
  'lead-off',
]);

type Sentence = Pick<ConclusionSentence, 'key' | 'parts'>;

/**
 * The conclusion in the program's words: a sentence for each kind that was confirmed or is open, and what the rate was.
 * Every number that lies somewhere says where. What was rejected is in none of it.
 * @param namesBeats false for a model that names neither beats nor rhythm
 */
export function conclusionOf(
  found: Findings,
  times: ReportTimes,
  namesBeats: boolean,
  words: Words,
): readonly Sentence[] {
  const held = found.findings.filter(({ state }) => state !== 'rejected');
  const byKind = new Map<FindingKind, Finding[]>();
  for (const finding of held) {
    const ofKind = byKind.get(finding.kind);
    if (ofKind) ofKind.push(finding);
    else byKind.set(finding.kind, [finding]);
  }
  const sentences: Sentence[] = [];
  const say = (key: string, parts: SentencePart[] | null): void => {
    if (parts) sentences.push({ key, parts: withOnePoint(parts) });
  };
  say('rate', rateSentence(found, times, words));
  for (const kind of inOrder(byKind)) {
    const findings = byKind.get(kind);
    if (kind === 'sv-run') say('supraventricular-beats', beatsSentence(found, 'S', words));
    if (findings && wayToSettle(kind) === 'one-by-one')
      say(kind, kindSentence(kind, findings, found, times, words));
    if (kind === 'ventricular-run') say('ventricular-beats', beatsSentence(found, 'V', words));
  }
  if (![...byKind.keys()].some(isArrhythmia)) {
    say('nothing', [{ text: nothingSaid(found, namesBeats, words) }]);
  }
  return sentences;
}

/** What was flagged and named by no event comes first where it cannot wait. */
function inOrder(byKind: ReadonlyMap<FindingKind, readonly Finding[]>): readonly FindingKind[] {
  const unclear = byKind.get('flagged-unclear')?.some(({ reason }) => isPressingReason(reason));
  if (!unclear) return FINDING_KINDS;
  return ['flagged-unclear', ...FINDING_KINDS.filter((kind) => kind !== 'flagged-unclear')];
}

/**
 * The sentences with those that the reader put otherwise, as long as the program still says what they replaced.
 * @param inAll the same sentences in every language: a reader may have changed theirs since
 */
export function withWritten(
  sentences: readonly Sentence[],
  written: WrittenConclusion | null,
  inAll: readonly (readonly Sentence[])[],
): ConclusionSentence[] {
  const byKey = new Map(written?.sentences.map((one) => [one.key, one]));
  return sentences.map(({ key, parts }) => {
    const own = byKey.get(key);
    const holds =
      own !== undefined &&
      inAll.some((said) =>
        said.some((one) => one.key === key && sentenceText(one.parts) === own.of),
      );
    return {
      key,
      parts: [...parts],
      written: holds ? own.text : null,
      outdated: own && !holds ? own.text : null,
    };
  });
}

/** A sentence that ends in an abbreviation, as `2:05 p. m.`, has the point of its end already. */
function withOnePoint(parts: SentencePart[]): SentencePart[] {
  const [before, last] = parts.slice(-2);
  return last?.text === '.' && before?.text.endsWith('.') ? parts.slice(0, -1) : parts;
}

export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map(({ text }) => text).join('');
}

function rateSentence(
  { heartRate, thresholds }: Findings,
  times: ReportTimes,
  words: Words,
): SentencePart[] | null {
  if (!heartRate) return null;
  const { say } = words;
  const { meanBpm, lowest, highest, highestNormal } = heartRate;
  const top = highestNormal ?? highest;
  const placed = (at: HeartRate['lowest'], limit: number): SentencePart => ({
    text: say('reportConclusion.placed', {
      what: words.numberBeside(at.bpm, 0, [limit]),
      at: times.atMinute(at.atS),
    }),
    atS: at.atS,
  });
  const over = rateIntervals(lowest);
  const other =
    rateIntervals(top) === over ? '' : say('reportConclusion.overBeats', { n: rateIntervals(top) });
  return [
    { text: say('reportConclusion.mean', { mean: bpm(meanBpm) }) },
    placed(lowest, thresholds.bradycardiaBpm),
    {
      text: say(highestNormal ? 'reportConclusion.highestNormal' : 'reportConclusion.highest', {
        n: over,
      }),
    },
    placed(top, thresholds.tachycardiaBpm),
    ...(other ? [{ text: other }] : []),
    { text: '.' },
  ];
}

function beatsSentence(
  { counts }: Findings,
  letter: 'V' | 'S',
  words: Words,
): SentencePart[] | null {
  const beats = counts.beats[letter];
  if (beats === 0) return null;
  const share = shareText(beats / counts.beats.total, words);
  const count = formatCount(beats);
  return [{ text: words.say(`reportConclusion.beats_${letter}`, { count, share }) }];
}

function kindSentence(
  kind: FindingKind,
  findings: readonly Finding[],
  { thresholds }: Findings,
  times: ReportTimes,
  words: Words,
): SentencePart[] {
  const { say } = words;
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length;
  const [open, unsure] = [count('open'), count('unsure')];
  const settled = findings.length - open;
  const noun = (n: number): string => `${formatCount(n)} ${kindNoun(kind, n, thresholds, words)}`;
  const counted =
    open === 0
      ? noun(settled)
      : settled === 0
        ? say('reportConclusion.undecided', { what: noun(open) })
        : say('reportConclusion.someUndecided', {
            settled: noun(settled),
            open: formatCount(open),
          });
  const doubt = unsure > 0 ? say('reportConclusion.unsure', { n: formatCount(unsure) }) : '';
  return [
    { text: `${counted}${doubt}` },
    ...detailsOf(kind, findings, thresholds, times, words),
    { text: '.' },
  ];
}

/** What is worst among the findings of a kind, with where it lies. */
function detailsOf(
  kind: FindingKind,
  findings: readonly Finding[],
  thresholds: FindingThresholds,
  times: ReportTimes,
  words: Words,
): SentencePart[] {
  const { say } = words;
  const worst = worstOf(findings)!;
  const at = (what: string, { id, startS }: Finding): SentencePart => ({
    text: say('reportConclusion.placed', { what, at: times.atMinute(startS) }),
    findingId: id,
    atS: startS,
  });
  const beats = (one: Finding): string => say('reportConclusion.beats', { n: String(one.beats) });
  const rate = (one: Finding): string =>
    rateInWords(one, thresholds, words) || say('values.bpm', { n: '–' });
  const lead = (text: string): SentencePart => ({ text: findings.length > 1 ? text : ', ' });
  switch (kind) {
    case 'ventricular-tachycardia':
      return tachycardiaDetails(findings, worst, { at, beats, rate }, words);
    case 'ventricular-run':
    case 'sv-run':
      return [
        lead(say('reportConclusion.longestPauseOrRun')),
        at(beats(worst), worst),
        { text: ` (${rate(worst)})` },
      ];
    case 'asystole':
    case 'pause': {
      const { urgentPauseS } = thresholds;
      const long = findings.filter(({ durationS }) => durationS >= urgentPauseS).length;
      const s = words.number(urgentPauseS);
      const longText = long > 0 && kind === 'pause';
      return [
        { text: longText ? say('reportConclusion.longPauses', { n: String(long), s }) : '' },
        lead(say('reportConclusion.longestPauseOrRun')),
        at(pauseLength(worst.durationS, thresholds, words), worst),
      ];
    }
    case 'bradycardia':
    case 'tachycardia': {
      const which = kind === 'bradycardia' ? 'slowest' : 'fastest';
      const from = say('reportConclusion.stretchFrom', { at: times.minute(worst.startS) });
      const n = Math.min(thresholds.rateBeats, worst.beats - 1);
      const over = n === RATE_INTERVALS ? '' : say('reportConclusion.overBeats', { n });
      const extreme = rateInWords(worst, thresholds, words);
      return [
        lead(say(`reportConclusion.${which}`)),
        { text: from, findingId: worst.id, atS: worst.startS },
        { text: say('reportConclusion.extreme', { rate: extreme, over }) },
      ];
    }
    case 'borderline':
    case 'flagged-unclear': {
      if (isPressingReason(worst.reason))
        return [{ text: '; ' }, at(reasonInWords(worst.reason!, words), worst)];
      const text = times.atMinute(worst.startS);
      return [
        lead(say('reportConclusion.likeliest')),
        { text, findingId: worst.id, atS: worst.startS },
      ];
    }
    default: {
      const sumS = findings.reduce((sum, { durationS }) => sum + durationS, 0);
      const text = say('reportConclusion.from', {
        length: lengthText(worst.durationS, words),
        at: times.minute(worst.startS),
      });
      const inAll = say('reportConclusion.inAll', { length: formatDuration(sumS) });
      return [
        { text: findings.length > 1 ? inAll : '' },
        lead(say('reportConclusion.longestStretch')),
        { text, findingId: worst.id, atS: worst.startS },
      ];
    }
  }
}

/** How many tachycardias are sustained, the longest, and the fastest where that is another. */
function tachycardiaDetails(
  findings: readonly Finding[],
  longest: Finding,
  told: {
    at(what: string, one: Finding): SentencePart;
    beats(one: Finding): string;
    rate(one: Finding): string;
  },
  { say }: Words,
): SentencePart[] {
  const sustained = findings.filter(({ durationS }) => durationS >= SUSTAINED_S).length;
  const fastest = findings.reduce((most, one) =>
    (one.rateBpm ?? 0) > (most.rateBpm ?? 0) ? one : most,
  );
  return [
    {
      text:
        sustained === 0
          ? say('reportConclusion.noneSustained')
          : say('reportConclusion.sustained', { n: String(sustained) }),
    },
    { text: findings.length > 1 ? say('reportConclusion.longestTachycardia') : ': ' },
    told.at(told.beats(longest), longest),
    { text: ` (${told.rate(longest)})` },
    ...(fastest === longest
      ? []
      : [
          { text: say('reportConclusion.fastestTachycardia') },
          told.at(told.rate(fastest), fastest),
          { text: ` (${told.beats(fastest)})` },
        ]),
  ];
}

/** Whether a kind is one of those for want of which nothing is said to be found. */
export const isArrhythmia = (kind: FindingKind): boolean => !NO_ARRHYTHMIA.has(kind);

/** What is said where no arrhythmia is held to be there: never of more than was judged. */
export function nothingSaid(
  found: Pick<Findings, 'analysableS' | 'counts' | 'findings'>,
  namesBeats: boolean,
  { say }: Words,
): string {
  if (found.analysableS === 0) return say('reportConclusion.nothingRead');
  const readable = formatDuration(found.analysableS);
  const rejected = found.findings.filter(({ state }) => state === 'rejected').length;
  if (namesBeats && !found.counts.judged.beats) {
    const key = rejected > 0 ? 'reportConclusion.noBeatLeft' : 'reportConclusion.noBeat';
    return say('reportConclusion.notJudged', { what: say(key, { readable, n: rejected }) });
  }
  if (found.counts.judged.segments === false) return say('reportConclusion.noVerdict');
  if (!namesBeats && rejected === 0) return say('reportConclusion.noSegment');
  const what =
    rejected === 0
      ? say('reportConclusion.noneFlagged', { readable })
      : say('reportConclusion.noneLeft', { readable, n: rejected });
  return say('reportConclusion.notJudged', { what });
}

const bpm = (rate: number): string => String(Math.round(rate));
