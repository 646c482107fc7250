import { describe, expect, test } from 'vitest';
import { BEAT_CLASSES, type BeatColumns, type RhythmEpisode } from '../../shared/domain';
import { findings } from './findings';
import { heartRate } from './heart-rate';

/** Beats from letters, `rrS` apart. */
function beatsOf(letters: string, rrS = 0.8): BeatColumns {
  const count = letters.length;
  return {
    timeS: Float64Array.from({ length: count }, (_, i) => 1 + i * rrS),
    beatClass: Uint8Array.from(letters, (letter) => BEAT_CLASSES.indexOf(letter as 'N')),
    confidence: new Float32Array(count).fill(1),
    attention: new Float32Array(count),
  };
}
const always = (): boolean => true;
const counts = (letters: string, rrS?: number, episodes: RhythmEpisode[] = []) =>
  Object.fromEntries(
    findings(beatsOf(letters, rrS), episodes, always).map(({ kind, occurrences }) => [
      kind,
      occurrences.length,
    ]),
  );

describe('findings', () => {
  test('single beats, couplets and runs are told apart', () => {
    expect(counts('NNVNNVVNNSNSSNSSSN')).toEqual({
      'Ventricular beats, single': 1,
      'Ventricular couplets': 1,
      'Supraventricular beats, single': 1,
      'Supraventricular couplets': 1,
      'Supraventricular runs': 1,
    });
  });

  test('three ventricular beats are tachycardia over 100 bpm only', () => {
    expect(counts('NVVVN', 0.5)).toEqual({ 'Ventricular tachycardia': 1 });
    expect(counts('NVVVN', 0.7)).toEqual({ 'Ventricular runs, 100 bpm or slower': 1 });
  });

  test('bigeminy and trigeminy need three repeats', () => {
    expect(counts('NVNVN')).toEqual({ 'Ventricular beats, single': 2 });
    expect(counts('NVNVNVN')).toEqual({
      'Ventricular bigeminy': 1,
      'Ventricular beats, single': 3,
    });
    expect(counts('NVNNVNNVN')).toMatchObject({ 'Ventricular trigeminy': 1 });
  });

  test('a pause counts where the signal was readable', () => {
    const beats = beatsOf('NNN', 2.5);
    expect(findings(beats, [], always)[0]).toMatchObject({ kind: 'Pauses over 2 s' });
    expect(findings(beats, [], () => false)).toEqual([]);
  });

  test('atrial fibrillation is told with its rate', () => {
    const episode: RhythmEpisode = { startS: 1, endS: 9, rhythm: '(AFIB', probability: 0.9 };
    const [found] = findings(beatsOf('NNNNNNNNNN'), [episode], always);
    expect(found).toMatchObject({
      kind: 'Atrial fibrillation or flutter',
      occurrences: [{ rateBpm: 75 }],
    });
  });

  test('no beats, no findings', () => {
    expect(counts('')).toEqual({});
  });
});

describe('heart rate', () => {
  test('a steady rhythm has one rate, and a premature beat does not move the trend', () => {
    const beats = beatsOf('N'.repeat(100), 0.75);
    beats.timeS[50]! -= 0.3;
    const rate = heartRate(beats, 76)!;
    expect(rate.meanBpm).toBeCloseTo(80, 6);
    expect(rate.minBpm).toBeCloseTo(80, 3);
    expect(rate.maxBpm).toBeCloseTo(80, 3);
  });

  test('where there are no beats the trend says so', () => {
    const beats = beatsOf('N'.repeat(20), 0.75);
    const { trend } = heartRate(beats, 100)!;
    expect(Number.isNaN(trend.bpm.at(-1))).toBe(true);
    expect(heartRate(beatsOf('NN'), 10)).toBeNull();
  });
});
