import { expect, it } from 'vitest';
import { english, englishAsSigned, wordsIn } from '../words';
import { DEFAULT_FINDING_THRESHOLDS } from './finding-kinds';
import type { Finding } from './finding';
import { aFinding } from './testing/a-finding';
import { chipOf, pauseLength, valueOf, worstInWords } from './finding-value';

const of = (kind: Finding['kind'], over: Partial<Finding>): Finding =>
  aFinding({ kind, startS: 0, endS: 10, durationS: 10, beats: 5, rateBpm: null, ...over });
const said = (kind: Finding['kind'], over: Partial<Finding>, words = english): string =>
  valueOf(of(kind, over), DEFAULT_FINDING_THRESHOLDS, words);

it('no rounded rate contradicts the limit that its event was found by: a bradycardia below 50 bpm was of 50 bpm', () => {
  expect(said('bradycardia', { rateBpm: 49.7 })).toBe('lowest 49.7 bpm, 10 s');
  expect(said('bradycardia', { rateBpm: 49.986 })).toBe('lowest 49.99 bpm, 10 s');
  expect(said('tachycardia', { rateBpm: 120.3 })).toBe('highest 120.3 bpm, 10 s');
  expect(said('ventricular-tachycardia', { rateBpm: 100.4 })).toBe('5 beats, 100.4 bpm');
  expect(said('bradycardia', { rateBpm: 49.7 }, wordsIn('es'))).toBe('mínima 49,7 lpm, 10 s');
  // What does not come near is whole.
  expect(said('bradycardia', { rateBpm: 41.6 })).toBe('lowest 42 bpm, 10 s');
  expect(said('ventricular-run', { rateBpm: 100 })).toBe('5 beats, 100 bpm');
  // Another kind has no such limit.
  expect(said('sv-run', { rateBpm: 100.4 })).toBe('5 beats, 100 bpm');
});

it('nor does the length of a pause, in its own limit, that of urgency or of asystole', () => {
  const lengths = [2.003, 2.42, 2.997, 3, 5.9984].map((durationS) => said('pause', { durationS }));
  expect(lengths).toEqual(['2.003 s', '2.42 s', '2.997 s', '3.00 s', '5.998 s']);
  expect(pauseLength(2.96, DEFAULT_FINDING_THRESHOLDS, english, 1)).toBe('2.96 s');
});

it('follows the limits that the reader chose', () => {
  const chosen = { ...DEFAULT_FINDING_THRESHOLDS, bradycardiaBpm: 42 };
  expect(chipOf(of('bradycardia', { rateBpm: 41.6 }), chosen)).toBe(
    'Bradycardia, lowest 41.6 bpm, 10 s',
  );
});

it('says to a signature what it said when it was made', () => {
  expect(said('bradycardia', { rateBpm: 49.7 }, englishAsSigned)).toBe('50 bpm, 10 s');
});

it('names what cannot wait where a kind is told by its worst', () => {
  const worst = (reason?: string, words = english): string =>
    worstInWords(
      of('flagged-unclear', reason ? { reason } : {}),
      DEFAULT_FINDING_THRESHOLDS,
      words,
    );
  expect(worst('may be ventricular fibrillation')).toBe('may be ventricular fibrillation, 10 s');
  expect(worst('very wide complexes', wordsIn('es'))).toBe('complejos muy anchos, 10 s');
  expect(worst()).toBe('likeliest 10 s');
});
