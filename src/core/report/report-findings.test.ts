import { expect, test } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type FindingDecision,
  type RhythmEpisode,
  type Segment,
} from '../../shared/domain';
import { findingsOf } from '../findings/findings';
import { reportFindings } from './report-findings';

const segments = Array.from({ length: 7 }, (_, index): Segment => ({
  index,
  startS: index * 5,
  endS: index * 5 + 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
}));
/** A beat each half second, by their letters. */
const beatsOf = (letters: string) => ({
  timeS: Float64Array.from([...letters], (_, i) => i / 2),
  beatClass: Uint8Array.from([...letters], (letter) =>
    BEAT_CLASSES.indexOf(letter as (typeof BEAT_CLASSES)[number]),
  ),
  confidence: new Float32Array(letters.length),
  attention: new Float32Array(letters.length),
});

function found(letters: string, episodes: RhythmEpisode[] = [], decisions: FindingDecision[] = []) {
  const beats = beatsOf(letters);
  const signal = {
    durationS: letters.length / 2,
    startClock: null,
    findsBeats: true,
    leads: [],
    quality: null,
    beats,
    episodes,
    segments,
  };
  const { findings } = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS, { beats, decisions });
  return reportFindings(findings, segments, DEFAULT_FINDING_THRESHOLDS);
}
//               0 s       5 s       10 s      15 s      20 s      25 s      30 s
const LETTERS = 'NNNNNVNNNNNNNNNNNNNNNNNVVNNNNNNNNNNNNNNNNNNNVVVNNNNNNNNNNNNNNNNN';

test('names every kind with its segments, its most marked example and its places', () => {
  const lines = found(LETTERS);
  expect(lines.map(({ kind, count, segments: held }) => [kind, count, held])).toEqual([
    ['Ventricular tachycardia', 1, [3, 4]],
    ['Ventricular couplets', 1, [1, 2]],
    ['Ventricular beats, single', 1, [0]],
  ]);
  expect(lines[0]).toMatchObject({ exampleS: 22, extreme: '3 beats, 120 bpm', reviewed: 0 });
  expect(lines[2]!.occurrences).toMatchObject([{ startS: 2.5, endS: 2.5, beats: 1 }]);
});

test('leaves out what the reader rejected', () => {
  const { id, kind, startS, endS } = found(LETTERS)[0]!.occurrences[0]!;
  const decision = { note: '', rejectedAs: null, reader: 'ab', atMs: 1 } as const;
  const lines = found(LETTERS, [], [{ ...decision, id, kind, startS, endS, state: 'rejected' }]);
  expect(lines.map((line) => line.kind)).toEqual([
    'Ventricular couplets',
    'Ventricular beats, single',
  ]);
});

test('a segment is held by an episode that spans it', () => {
  const episodes = [{ startS: 4, endS: 35, rhythm: '(AFIB', probability: 0.9 }];
  const lines = found('N'.repeat(80), episodes);
  expect(lines.map(({ kind, segments: held, extreme }) => [kind, held, extreme])).toEqual([
    ['Atrial fibrillation or flutter', [0, 1, 2, 3, 4, 5, 6], '63 beats, 120 bpm'],
  ]);
});
