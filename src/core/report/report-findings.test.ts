import { expect, test } from 'vitest';
import { BEAT_CLASSES, type Segment } from '../../shared/domain';
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

test('names every kind with its segments, its most marked example and its places', () => {
  //               0 s       5 s       10 s      15 s      20 s      25 s      30 s
  const letters = 'NNNNNVNNNNNNNNNNNNNNNNNVVNNNNNNNNNNNNNNNNNNNVVVNNNNNNNNNNNNNNNNN';
  const found = reportFindings({ beats: beatsOf(letters), episodes: [], segments });
  expect(found.map(({ kind, count, segments: held }) => [kind, count, held])).toEqual([
    ['Ventricular tachycardia', 1, [3, 4]],
    ['Ventricular couplets', 1, [1, 2]],
    ['Ventricular beats, single', 1, [0]],
  ]);
  expect(found[0]).toMatchObject({ exampleS: 22, extreme: '3 beats, 120 bpm' });
  expect(found[2]!.occurrences).toEqual([{ startS: 2.5, endS: 2.5, beats: 1, rateBpm: null }]);
});

test('a segment is held by an episode that spans it', () => {
  const episodes = [{ startS: 4, endS: 31, rhythm: '(AFIB', probability: 0.9 }];
  const found = reportFindings({ beats: beatsOf('N'.repeat(80)), episodes, segments });
  expect(found.map(({ kind, segments: held, extreme }) => [kind, held, extreme])).toEqual([
    ['Atrial fibrillation or flutter', [0, 1, 2, 3, 4, 5, 6], '54 beats, 120 bpm'],
  ]);
});
