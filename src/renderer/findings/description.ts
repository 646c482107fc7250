import type { Finding, RejectedAs } from '../../shared/domain';
import type { BeatRows } from '../../shared/domain/beat-rows';
import { rrRange } from '../../shared/domain/heart-rate';
import { BEAT_CLASSES, lowerBound } from '../domain';
import { formatCount } from '../format';
import { isRun } from './kinds';

const NUMBERS = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
];
const CLASS_WORDS: Record<string, string> = {
  N: 'a normal',
  S: 'a supraventricular',
  V: 'a ventricular',
  F: 'a fusion',
  Q: 'an unclassified',
};
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

const classAt = (beats: BeatRows, i: number): string => BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
const kindOfBeat = (beats: BeatRows, i: number): string => `${CLASS_WORDS[classAt(beats, i)]} beat`;

function rateBefore(beats: BeatRows, first: number): number | null {
  if (beats.follows[first] !== 1) return null;
  let from = first - 1;
  while (first - 1 - from < BEFORE_BEATS && beats.follows[from] === 1) from--;
  const lastsS = (beats.timeS[first - 1] ?? NaN) - (beats.timeS[from] ?? NaN);
  return first - 1 - from >= 3 && lastsS > 0 ? (60 * (first - 1 - from)) / lastsS : null;
}

function runInWords(beats: BeatRows, finding: Finding): string {
  const { first, after } = around(beats, finding);
  const what = finding.kind === 'sv-run' ? 'supraventricular' : 'ventricular';
  const count = NUMBERS[finding.beats] ?? formatCount(finding.beats);
  const parts = [`${count} ${what} beats in a row.`];
  if (beats.follows[first] === 1) {
    const ms = Math.round((beats.timeS[first]! - beats.timeS[first - 1]!) * 1000);
    parts.push(`First beat ${formatCount(ms)} ms after ${kindOfBeat(beats, first - 1)}.`);
  }
  const before = rateBefore(beats, first);
  if (before !== null) parts.push(`Rate before ${Math.round(before)} bpm.`);
  if (beats.follows[after] === 1) {
    const ms = Math.round((beats.timeS[after]! - beats.timeS[after - 1]!) * 1000);
    parts.push(`Then ${kindOfBeat(beats, after)} after ${formatCount(ms)} ms.`);
  }
  return parts.join(' ');
}

function pauseInWords(beats: BeatRows, finding: Finding): string {
  const { first } = around(beats, finding);
  const parts = [`No beat for ${finding.durationS.toFixed(2)} s`];
  if (beats.follows[first + 1] === 1)
    parts[0] += `, between ${kindOfBeat(beats, first)} and ${kindOfBeat(beats, first + 1)}`;
  parts[0] += '.';
  const before = rateBefore(beats, first + 1);
  if (before !== null) {
    const times = finding.durationS / (60 / before);
    parts.push(`Rate before ${Math.round(before)} bpm: ${times.toFixed(1)} times its interval.`);
  }
  return parts.join(' ');
}

function rhythmInWords(beats: BeatRows, finding: Finding): string {
  const range = rrRange(beats, finding.startS, finding.endS);
  const { first, after } = around(beats, finding);
  if (!range) return '';
  const intervals = `RR from ${formatCount(Math.round(range.shortestMs))} to ${formatCount(Math.round(range.longestMs))} ms`;
  const word = finding.kind === 'af' || finding.kind === 'irregular-rhythm' ? 'Irregular: ' : '';
  return `${word}${intervals} over ${formatCount(after - first)} beats.`;
}

/**
 * What is seen of a finding, in words a colleague would use. Only what was computed from the beats is said.
 * @param beats those that count; null before there are any
 */
export function findingInWords(finding: Finding, beats: BeatRows | null): string {
  const { kind, rejectedAs, state } = finding;
  if (state === 'rejected') return rejectedInWords(rejectedAs ?? null);
  if (kind === 'borderline')
    return 'The network is near its threshold here, and nothing that was found explains it. A reader has to settle it.';
  if (kind === 'flagged-unclear')
    return `The network flagged this stretch${reasonOf(finding)}; no beat, rhythm or pause that was found explains it.`;
  if (kind === 'noise') return 'Too noisy to read. Nothing is said about it.';
  if (kind === 'lead-off') return 'No signal. Nothing is said about it.';
  if (kind === 'paced') return 'Pacing was seen. Paced rhythm is not judged.';
  if (kind === 'wide-qrs')
    return `The averaged normal beat is ${finding.qrsMs ?? '?'} ms wide wherever it was measured. What widens it is not judged.`;
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
      return `Rejected: ${REJECTED_WORDS[rejectedAs]}. Its beats count as supraventricular.`;
    case 'artefact':
      return `Rejected: ${REJECTED_WORDS.artefact}. It is in no count.`;
    default:
      return 'Rejected. It is in no count.';
  }
}

const REJECTED_WORDS = {
  artefact: 'artefact',
  aberrant: 'aberrant conduction',
  supraventricular: 'supraventricular',
};

function reasonOf({ reason }: Finding): string {
  return reason ? ` (${reason})` : '';
}
