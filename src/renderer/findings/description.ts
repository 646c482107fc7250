import type { BeatColumns, Finding } from '../../shared/domain';
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

function around({ timeS }: BeatColumns, { startS, endS }: Finding): Around {
  return { first: lowerBound(timeS, startS - SAME_S), after: lowerBound(timeS, endS + SAME_S) };
}

const classAt = (beats: BeatColumns, i: number): string => BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
const kindOfBeat = (beats: BeatColumns, i: number): string =>
  `${CLASS_WORDS[classAt(beats, i)]} beat`;

function rateBefore(beats: BeatColumns, first: number): number | null {
  const from = Math.max(0, first - 1 - BEFORE_BEATS);
  const lastsS = (beats.timeS[first - 1] ?? NaN) - (beats.timeS[from] ?? NaN);
  return first - 1 - from >= 3 && lastsS > 0 ? (60 * (first - 1 - from)) / lastsS : null;
}

/** Lowest and highest interval between beats of the event, ms; null with fewer than two. */
export function rrRange(
  beats: BeatColumns,
  finding: Finding,
): { lowMs: number; highMs: number } | null {
  const { first, after } = around(beats, finding);
  let lowMs = Infinity;
  let highMs = 0;
  for (let i = first + 1; i < after; i++) {
    const ms = (beats.timeS[i]! - beats.timeS[i - 1]!) * 1000;
    lowMs = Math.min(lowMs, ms);
    highMs = Math.max(highMs, ms);
  }
  return highMs > 0 ? { lowMs, highMs } : null;
}

function runInWords(beats: BeatColumns, finding: Finding): string {
  const { first, after } = around(beats, finding);
  const what = finding.kind === 'sv-run' ? 'supraventricular' : 'ventricular';
  const count = NUMBERS[finding.beats] ?? formatCount(finding.beats);
  const parts = [`${count} ${what} beats in a row.`];
  if (first > 0 && beats.timeS[first] !== undefined) {
    const ms = Math.round((beats.timeS[first] - beats.timeS[first - 1]!) * 1000);
    parts.push(`First beat ${formatCount(ms)} ms after ${kindOfBeat(beats, first - 1)}.`);
  }
  const before = rateBefore(beats, first);
  if (before !== null) parts.push(`Rate before ${Math.round(before)} bpm.`);
  if (after > 0 && beats.timeS[after] !== undefined) {
    const ms = Math.round((beats.timeS[after] - beats.timeS[after - 1]!) * 1000);
    parts.push(`Then ${kindOfBeat(beats, after)} after ${formatCount(ms)} ms.`);
  }
  return parts.join(' ');
}

function pauseInWords(beats: BeatColumns, finding: Finding): string {
  const { first } = around(beats, finding);
  const parts = [`No beat for ${finding.durationS.toFixed(2)} s`];
  if (beats.timeS[first] !== undefined && beats.timeS[first + 1] !== undefined)
    parts[0] += `, between ${kindOfBeat(beats, first)} and ${kindOfBeat(beats, first + 1)}`;
  parts[0] += '.';
  const before = rateBefore(beats, first + 1);
  if (before !== null) {
    const times = finding.durationS / (60 / before);
    parts.push(`Rate before ${Math.round(before)} bpm: ${times.toFixed(1)} times its interval.`);
  }
  return parts.join(' ');
}

function rhythmInWords(beats: BeatColumns, finding: Finding): string {
  const range = rrRange(beats, finding);
  const { first, after } = around(beats, finding);
  if (!range) return '';
  const intervals = `RR from ${formatCount(Math.round(range.lowMs))} to ${formatCount(Math.round(range.highMs))} ms`;
  const word = finding.kind === 'af' || finding.kind === 'irregular-rhythm' ? 'Irregular: ' : '';
  return `${word}${intervals} over ${formatCount(after - first)} beats.`;
}

/**
 * What is seen of a finding, in words a colleague would use. Only what was computed from the beats is said.
 * @param beats with the reader's corrections; null before there are any
 */
export function findingInWords(finding: Finding, beats: BeatColumns | null): string {
  const { kind, rejectedAs, state } = finding;
  if (state === 'rejected')
    return rejectedAs && rejectedAs !== 'other'
      ? `Rejected: ${REJECTED_WORDS[rejectedAs]}. It is in no count.`
      : 'Rejected. It is in no count.';
  if (kind === 'borderline')
    return 'The network is near its threshold here, and nothing that was found explains it. A reader has to settle it.';
  if (kind === 'flagged-unclear')
    return `The network flagged this stretch${reasonOf(finding)}; no beat, rhythm or pause that was found explains it.`;
  if (kind === 'noise') return 'Too noisy to read. Nothing is said about it.';
  if (kind === 'lead-off') return 'No signal. Nothing is said about it.';
  if (kind === 'paced') return 'Pacing was seen. Paced rhythm is not judged.';
  if (!beats) return '';
  if (isRun(kind)) return runInWords(beats, finding);
  if (kind === 'pause' || kind === 'asystole') return pauseInWords(beats, finding);
  return rhythmInWords(beats, finding);
}

const REJECTED_WORDS = {
  artefact: 'artefact',
  aberrant: 'aberrant conduction',
  supraventricular: 'supraventricular',
};

function reasonOf({ reason }: Finding): string {
  return reason ? ` (${reason})` : '';
}
