import type { Finding, FindingThresholds } from './finding';
import { kindShort } from './finding-words';
import { formatDuration } from './number-text';
import { isPressingReason } from './pressing-reason';
import { reasonInWords } from './reason-words';
import { severityOrder } from './severity';
import { english, type Words } from '../words';

/** Length of an event: with a digit where one second is much of it. */
export function eventDuration(seconds: number, words: Words = english): string {
  return seconds < 10 ? `${words.number(seconds, 1)} s` : formatDuration(seconds);
}

/** Limits that the rate of a kind of finding is reported against, bpm. */
function rateLimits(kind: Finding['kind'], thresholds: FindingThresholds): readonly number[] {
  switch (kind) {
    case 'bradycardia':
      return [thresholds.bradycardiaBpm];
    case 'tachycardia':
      return [thresholds.tachycardiaBpm];
    case 'ventricular-tachycardia':
    case 'ventricular-run':
      return [thresholds.ventricularTachycardiaBpm];
    default:
      return [];
  }
}

/** The rate of a finding without its unit, which never contradicts the limit that it was found by; empty without one. */
export function rateNumber(
  { kind, rateBpm }: Pick<Finding, 'kind' | 'rateBpm'>,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  return rateBpm === null ? '' : words.numberBeside(rateBpm, 0, rateLimits(kind, thresholds));
}

/** Length of a pause or asystole, which never contradicts the limits of both. */
export function pauseLength(
  seconds: number,
  { pauseS, urgentPauseS, asystoleS }: FindingThresholds,
  words: Words = english,
  digits = 2,
): string {
  return `${words.numberBeside(seconds, digits, [pauseS, urgentPauseS, asystoleS])} s`;
}

/** The rate of a finding, with which one it is where it is no mean of its beats; empty without one. */
export function rateInWords(
  finding: Pick<Finding, 'kind' | 'rateBpm'>,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  const n = rateNumber(finding, thresholds, words);
  return n && rateSaid(finding.kind, n, words);
}

/** A rate that is written already, with what it is of that kind of finding. */
export function rateSaid(kind: Finding['kind'], n: string, { say }: Words = english): string {
  if (kind === 'bradycardia') return say('values.lowestBpm', { n });
  return say(kind === 'tachycardia' ? 'values.highestBpm' : 'values.bpm', { n });
}

/** What measures a finding, the first thing first; the second may be empty. */
export function valueLines(
  finding: Finding,
  thresholds: FindingThresholds,
  words: Words = english,
): readonly [string, string] {
  const { say } = words;
  const { kind, durationS, couplingMs, beats } = finding;
  const bpm = rateInWords(finding, thresholds, words);
  if (severityOrder(kind) === 'most-beats') return [say('counted.beat', { n: beats }), bpm];
  switch (kind) {
    case 'asystole':
    case 'pause':
      return [pauseLength(durationS, thresholds, words), ''];
    case 'ventricular-beat':
    case 'sv-beat':
    case 'fusion-beat':
      return [
        typeof couplingMs === 'number'
          ? say('values.coupling', { ms: Math.round(couplingMs) })
          : say('counted.beat', { n: 1 }),
        '',
      ];
    case 'bradycardia':
    case 'tachycardia':
      return [bpm || eventDuration(durationS, words), bpm && eventDuration(durationS, words)];
    case 'wide-qrs':
      return [finding.qrsMs === undefined ? '' : `QRS ${finding.qrsMs} ms`, say('values.measured')];
    default:
      return [eventDuration(durationS, words), bpm];
  }
}

export function valueOf(
  finding: Finding,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  return valueLines(finding, thresholds, words).filter(Boolean).join(', ');
}

/** For the chip on the paper. */
export function chipOf(
  finding: Finding,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  return `${kindShort(finding.kind, words)}, ${valueOf(finding, thresholds, words)}`;
}

/** How the list of a kind is sorted, for the line under it. */
export function orderInWords(kind: Finding['kind'], { say }: Words = english): string {
  return say(`values.order_${severityOrder(kind)}`);
}

/** The worst of a kind in one line, as in `longest 40 s` or `may be ventricular fibrillation, 40 s`. */
export function worstInWords(
  finding: Finding,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  const value = valueOf(finding, thresholds, words);
  const { reason } = finding;
  // What cannot wait is named: that it is likelier than another says little.
  if (isPressingReason(reason)) return `${reasonInWords(reason!, words)}, ${value}`;
  return words.say(`values.first_${severityOrder(finding.kind)}`, { value });
}

/** Why a finding is among those that need a reader first. */
export function urgencyOf(
  finding: Finding,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  switch (finding.kind) {
    case 'ventricular-tachycardia':
      return words.say('values.urgentVt', { n: thresholds.urgentRunBeats });
    case 'pause':
    case 'asystole':
      return words.say('values.urgentPause', { s: words.number(thresholds.urgentPauseS) });
    case 'af':
      return words.say('values.urgentAf');
    default:
      return words.say('values.urgent');
  }
}
