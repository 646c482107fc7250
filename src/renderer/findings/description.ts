import type { Finding, RejectedAs } from '../../shared/domain';
import type { BeatRows } from '../../shared/domain/beat-rows';
import { rrRange } from '../../shared/domain/heart-rate';
import { BEAT_CLASSES, lowerBound } from '../analysis/beat-classes';
import { formatCount } from '../words/format';
import { isRun } from './kinds';
import { sayReason } from '../words/failures';
import { say, sayNumber } from '../words';

/** The rate before an event is that of this many intervals. */
const BEFORE_BEATS = 8;
/** A beat is at an event's edge within this, seconds. */
const SAME_S = 0.02;

interface Around {
  /** Index of the first beat in the event and of the first after it. */
  readonly first: number;
  readonly after: number;
}

function around({ timeS }: BeatRows, { startS, endS }: Finding): Around {
  return { first: lowerBound(timeS, startS - SAME_S), after: lowerBound(timeS, endS + SAME_S) };
}

const classAt = (beats: BeatRows, i: number): (typeof BEAT_CLASSES)[number] =>
  BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
const kindOfBeat = (beats: BeatRows, i: number): string =>
  say(`findings.aBeat_${classAt(beats, i)}`);
/** Small numbers as words. */
const WORDED = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
function numberInWords(n: number): string {
  const worded = WORDED.find((one) => one === n);
  return worded ? say(`findings.number_${worded}`) : formatCount(n);
}

function rateBefore(beats: BeatRows, first: number): number | null {
  if (beats.follows[first] !== 1) return null;
  let from = first - 1;
  while (first - 1 - from < BEFORE_BEATS && beats.follows[from] === 1) from--;
  const lastsS = (beats.timeS[first - 1] ?? NaN) - (beats.timeS[from] ?? NaN);
  return first - 1 - from >= 3 && lastsS > 0 ? (60 * (first - 1 - from)) / lastsS : null;
}

function runInWords(beats: BeatRows, finding: Finding): string {
  const { first, after } = around(beats, finding);
  const count = numberInWords(finding.beats);
  const parts = [
    say(finding.kind === 'sv-run' ? 'findings.svInARow' : 'findings.ventricularInARow', { count }),
  ];
  if (beats.follows[first] === 1) {
    const ms = Math.round((beats.timeS[first]! - beats.timeS[first - 1]!) * 1000);
    parts.push(
      say('findings.firstBeat', { ms: formatCount(ms), beat: kindOfBeat(beats, first - 1) }),
    );
  }
  const before = rateBefore(beats, first);
  if (before !== null) parts.push(say('findings.rateBefore', { n: Math.round(before) }));
  if (beats.follows[after] === 1) {
    const ms = Math.round((beats.timeS[after]! - beats.timeS[after - 1]!) * 1000);
    parts.push(say('findings.then', { beat: kindOfBeat(beats, after), ms: formatCount(ms) }));
  }
  return parts.join(' ');
}

function pauseInWords(beats: BeatRows, finding: Finding): string {
  const { first } = around(beats, finding);
  const length = sayNumber(finding.durationS, 2);
  const parts = [
    beats.follows[first + 1] === 1
      ? say('findings.noBeatBetween', {
          s: length,
          from: kindOfBeat(beats, first),
          to: kindOfBeat(beats, first + 1),
        })
      : say('findings.noBeat', { s: length }),
  ];
  const before = rateBefore(beats, first + 1);
  if (before !== null) {
    const times = finding.durationS / (60 / before);
    parts.push(
      say('findings.timesInterval', { n: Math.round(before), times: sayNumber(times, 1) }),
    );
  }
  return parts.join(' ');
}

function rhythmInWords(beats: BeatRows, finding: Finding): string {
  const range = rrRange(beats, finding.startS, finding.endS);
  const { first, after } = around(beats, finding);
  if (!range) return '';
  return say(
    finding.kind === 'af' || finding.kind === 'irregular-rhythm'
      ? 'findings.irregularRr'
      : 'findings.rr',
    {
      from: formatCount(Math.round(range.shortestMs)),
      to: formatCount(Math.round(range.longestMs)),
      n: after - first,
    },
  );
}

/**
 * What is seen of a finding, in words a colleague would use. Only what was computed from the beats is said.
 * @param beats those that count; null before there are any
 */
export function findingInWords(finding: Finding, beats: BeatRows | null): string {
  const { kind, rejectedAs, state } = finding;
  if (state === 'rejected') return rejectedInWords(rejectedAs ?? null);
  if (kind === 'borderline') return say('findings.borderline', { reason: reasonOf(finding) });
  if (kind === 'flagged-unclear') return say('findings.flagged', { reason: reasonOf(finding) });
  if (kind === 'noise') return say('findings.noise');
  if (kind === 'lead-off') return say('findings.leadOff');
  if (kind === 'paced') return say('findings.paced');
  if (kind === 'wide-qrs') return say('findings.wideQrs', { ms: finding.qrsMs ?? '?' });
  if (!beats) return '';
  if (isRun(kind)) return runInWords(beats, finding);
  if (kind === 'pause' || kind === 'asystole') return pauseInWords(beats, finding);
  return rhythmInWords(beats, finding);
}

/** What follows for the counts from a rejection. */
export function rejectedInWords(rejectedAs: RejectedAs | null): string {
  switch (rejectedAs) {
    case 'aberrant':
    case 'supraventricular':
      return say(`findings.rejectedAs_${rejectedAs}`);
    case 'artefact':
      return say('findings.rejectedAs_artefact');
    default:
      return say('findings.rejected');
  }
}

function reasonOf({ reason }: Finding): string {
  return reason ? ` (${sayReason(reason)})` : '';
}
