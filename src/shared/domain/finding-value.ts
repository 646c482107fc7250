import type { Finding, FindingThresholds } from './finding';
import { kindShort } from './finding-words';
import { formatCount, formatDuration } from './number-text';
import { severityOrder, type SeverityOrder } from './severity';

/** Length of an event: with a digit where one second is much of it. */
export function eventDuration(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds);
}

const bpm = ({ rateBpm }: Finding): string =>
  rateBpm === null ? '' : `${Math.round(rateBpm)} bpm`;
const count = ({ beats }: Finding): string =>
  beats === 1 ? '1 beat' : `${formatCount(beats)} beats`;

/** What measures a finding, the first thing first; the second may be empty. */
export function valueLines(finding: Finding): readonly [string, string] {
  const { kind, durationS, couplingMs } = finding;
  if (severityOrder(kind) === 'most-beats') return [count(finding), bpm(finding)];
  switch (kind) {
    case 'asystole':
    case 'pause':
      return [`${durationS.toFixed(2)} s`, ''];
    case 'ventricular-beat':
    case 'sv-beat':
    case 'fusion-beat':
      return [
        typeof couplingMs === 'number' ? `coupling ${Math.round(couplingMs)} ms` : '1 beat',
        '',
      ];
    case 'bradycardia':
    case 'tachycardia':
      return [bpm(finding) || eventDuration(durationS), bpm(finding) && eventDuration(durationS)];
    case 'wide-qrs':
      return [finding.qrsMs === undefined ? '' : `QRS ${finding.qrsMs} ms`, 'measured'];
    default:
      return [eventDuration(durationS), bpm(finding)];
  }
}

export function valueOf(finding: Finding): string {
  return valueLines(finding).filter(Boolean).join(', ');
}

/** For the chip on the paper. */
export function chipOf(finding: Finding): string {
  return `${kindShort(finding.kind)}, ${valueOf(finding)}`;
}

/** How the list of a kind is sorted, for the line under it, and what its first is called. */
const ORDERS: Readonly<Record<SeverityOrder, { readonly list: string; readonly first: string }>> = {
  'most-beats': { list: 'sorted by beats, then rate', first: 'worst' },
  longest: { list: 'longest first', first: 'longest' },
  slowest: { list: 'slowest first', first: 'worst' },
  fastest: { list: 'fastest first', first: 'worst' },
  earliest: { list: 'most premature first', first: 'worst' },
  likeliest: { list: 'likeliest first', first: 'likeliest' },
};

export function orderInWords(kind: Finding['kind']): string {
  return ORDERS[severityOrder(kind)].list;
}

/** The worst of a kind in one line. */
export function worstInWords(finding: Finding): string {
  return `${ORDERS[severityOrder(finding.kind)].first} ${valueOf(finding)}`;
}

/** Why a finding is among those that need a reader first. */
export function urgencyOf(finding: Finding, thresholds: FindingThresholds): string {
  switch (finding.kind) {
    case 'ventricular-tachycardia':
      return `VT of ${thresholds.urgentRunBeats} beats or more`;
    case 'pause':
    case 'asystole':
      return `pause of ${thresholds.urgentPauseS} s or more`;
    case 'af':
      return 'atrial fibrillation or flutter';
    default:
      return 'meets a rule for urgent findings';
  }
}
