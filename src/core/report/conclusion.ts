import {
  FINDING_KINDS,
  formatCount,
  formatDuration,
  wayToSettle,
  type ConclusionSentence,
  type Finding,
  type FindingKind,
  type SentencePart,
  type WrittenConclusion,
  worstOf,
} from '../../shared/domain';

import type { Findings } from '../findings/findings';
import { kindNoun } from './kind-nouns';
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
    if (parts) sentences.push({ key, parts });
  };
  say('rate', rateSentence(found, times));
  for (const kind of FINDING_KINDS) {
    const findings = byKind.get(kind);
    if (kind === 'sv-run') say('supraventricular-beats', beatsSentence(found, 'S'));
    if (findings && wayToSettle(kind) === 'one-by-one')
      say(kind, kindSentence(kind, findings, found, times));
    if (kind === 'ventricular-run') say('ventricular-beats', beatsSentence(found, 'V'));
  }
  if (![...byKind.keys()].some((kind) => !NO_ARRHYTHMIA.has(kind))) {
    say('nothing', nothingSentence(found, namesBeats));
  }
  return sentences;
}

/** The sentences with those that the reader put otherwise, as long as the program still says what they replaced. */
export function withWritten(
  sentences: readonly Sentence[],
  written: WrittenConclusion | null,
): ConclusionSentence[] {
  const byKey = new Map(written?.sentences.map((one) => [one.key, one]));
  return sentences.map(({ key, parts }) => {
    const own = byKey.get(key);
    const holds = own !== undefined && own.of === sentenceText(parts);
    return {
      key,
      parts: [...parts],
      written: holds ? own.text : null,
      outdated: own && !holds ? own.text : null,
    };
  });
}

export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map(({ text }) => text).join('');
}

function rateSentence({ heartRate }: Findings, times: ReportTimes): SentencePart[] | null {
  if (!heartRate) return null;
  const { meanBpm, lowest, highest, highestNormal } = heartRate;
  const top = highestNormal ?? highest;
  return [
    { text: `Mean rate ${bpm(meanBpm)}; lowest ` },
    { text: `${bpm(lowest.bpm)} at ${times.minute(lowest.atS)}`, atS: lowest.atS },
    { text: ` over 8 beats, highest${highestNormal ? ' of normal beats' : ''} ` },
    { text: `${bpm(top.bpm)} at ${times.minute(top.atS)}`, atS: top.atS },
    { text: '.' },
  ];
}

function beatsSentence({ counts }: Findings, letter: 'V' | 'S'): SentencePart[] | null {
  const count = counts.beats[letter];
  if (count === 0) return null;
  const name = letter === 'V' ? 'Ventricular' : 'Supraventricular';
  const share = shareText(count / counts.beats.total);
  return [{ text: `${name} beats ${formatCount(count)}, ${share}.` }];
}

/** `12.3 %`; what is above nothing is never `0.0 %`. */
export function shareText(share: number): string {
  const percent = 100 * share;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

function kindSentence(
  kind: FindingKind,
  findings: readonly Finding[],
  { thresholds }: Findings,
  times: ReportTimes,
): SentencePart[] {
  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length;
  const [open, unsure] = [count('open'), count('unsure')];
  const settled = findings.length - open;
  const noun = (n: number): string => `${formatCount(n)} ${kindNoun(kind, n, thresholds)}`;
  const counted =
    open === 0
      ? noun(settled)
      : settled === 0
        ? `${noun(open)} not yet decided`
        : `${noun(settled)} confirmed, ${formatCount(open)} not yet decided`;
  const doubt = unsure > 0 ? ` (${formatCount(unsure)} unsure)` : '';
  return [
    { text: `${counted}${doubt}` },
    ...detailsOf(kind, findings, thresholds.urgentPauseS, times),
    { text: '.' },
  ];
}

/** What is worst among the findings of a kind, with where it lies. */
function detailsOf(
  kind: FindingKind,
  findings: readonly Finding[],
  urgentPauseS: number,
  times: ReportTimes,
): SentencePart[] {
  const worst = worstOf(findings)!;
  const at = (text: string, { id, startS }: Finding): SentencePart => ({
    text: `${text} ${times.minute(startS)}`,
    findingId: id,
    atS: startS,
  });
  const lead = (word: string): SentencePart => ({
    text: findings.length > 1 ? `, the ${word} ` : ', ',
  });
  switch (kind) {
    case 'ventricular-tachycardia': {
      const sustained = findings.filter(({ durationS }) => durationS >= SUSTAINED_S).length;
      const fastest = findings.reduce((most, one) =>
        (one.rateBpm ?? 0) > (most.rateBpm ?? 0) ? one : most,
      );
      return [
        { text: sustained === 0 ? ', none sustained' : `, ${sustained} sustained` },
        { text: findings.length > 1 ? ': longest ' : ': ' },
        at(`${worst.beats} beats at`, worst),
        { text: ` (${bpm(worst.rateBpm)} bpm)` },
        ...(fastest === worst
          ? []
          : [
              { text: ', fastest ' },
              at(`${bpm(fastest.rateBpm)} bpm at`, fastest),
              { text: ` (${fastest.beats} beats)` },
            ]),
      ];
    }
    case 'ventricular-run':
    case 'sv-run':
      return [
        lead('longest'),
        at(`${worst.beats} beats at`, worst),
        { text: ` (${bpm(worst.rateBpm)} bpm)` },
      ];
    case 'asystole':
    case 'pause': {
      const long = findings.filter(({ durationS }) => durationS >= urgentPauseS).length;
      return [
        { text: long > 0 && kind === 'pause' ? `, ${long} of ${urgentPauseS} s or more` : '' },
        lead('longest'),
        at(`${worst.durationS.toFixed(2)} s at`, worst),
      ];
    }
    case 'bradycardia':
      return [lead('slowest'), at(`${bpm(worst.rateBpm)} bpm at`, worst)];
    case 'tachycardia':
      return [lead('fastest'), at(`${bpm(worst.rateBpm)} bpm at`, worst)];
    case 'borderline':
    case 'flagged-unclear':
      return [lead('likeliest'), at('at', worst)];
    default: {
      const sumS = findings.reduce((sum, { durationS }) => sum + durationS, 0);
      return [
        { text: findings.length > 1 ? `, ${formatDuration(sumS)} in all` : '' },
        lead('longest'),
        at(`${lengthText(worst.durationS)} from`, worst),
      ];
    }
  }
}

/** Never said of more than was judged. */
function nothingSentence(found: Findings, namesBeats: boolean): SentencePart[] {
  const readable = formatDuration(found.analysableS);
  const rejected = found.findings.filter(({ state }) => state === 'rejected').length;
  if (!namesBeats && rejected === 0) {
    return [{ text: 'No segment was flagged. This model names neither beats nor rhythm.' }];
  }
  const what =
    rejected === 0
      ? `No arrhythmia flagged in ${readable} that could be read.`
      : `No arrhythmia in ${readable} that could be read: the reader rejected what was flagged, ${formatCount(rejected)} ${rejected === 1 ? 'finding' : 'findings'}.`;
  return [{ text: `${what} ST, QT, conduction and pacing are not judged.` }];
}

const bpm = (rate: number | null): string => (rate === null ? '–' : String(Math.round(rate)));
