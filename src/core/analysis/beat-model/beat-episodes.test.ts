import { describe, expect, it } from 'vitest';
import { createEpisodeFinder, type RhythmBeats } from './beat-episodes';

/** Beats of so many times and probabilities of fibrillation, with nothing like a P wave. */
const beatsAt = (timeS: readonly number[], probability: readonly number[]): RhythmBeats => ({
  timeS: Float64Array.from(timeS),
  probability: Float32Array.from(probability),
  pLikeness: new Float32Array(timeS.length),
  stripLogit: null,
});

/** Pushes beats of 0.8 s in pieces of `piece` and returns all episodes. */
function episodesOf(probability: readonly number[], piece = 50, gapAt = -1) {
  const finder = createEpisodeFinder(3600);
  const times = probability.map((_, i) => i * 0.8 + (gapAt >= 0 && i >= gapAt ? 60 : 0));
  const found = [];
  for (let i = 0; i < times.length; i += piece) {
    found.push(...finder.push(beatsAt(times.slice(i, i + piece), probability.slice(i, i + piece))));
  }
  return [...found, ...finder.finish()];
}

const beats = (count: number, value: number): number[] => new Array<number>(count).fill(value);

describe('createEpisodeFinder', () => {
  it('finds an episode of two minutes to within ten beats', () => {
    const found = episodesOf([...beats(200, 0.02), ...beats(150, 0.95), ...beats(200, 0.02)]);
    expect(found).toHaveLength(1);
    expect(found[0]!.rhythm).toBe('(AFIB');
    expect(Math.abs(found[0]!.startS - 160)).toBeLessThan(8);
    expect(Math.abs(found[0]!.endS - 280)).toBeLessThan(8);
    expect(found[0]!.probability).toBeGreaterThan(0.7);
  });

  it('does not depend on how the beats come in', () => {
    const series = [...beats(90, 0.1), ...beats(120, 0.9), ...beats(77, 0.3), ...beats(100, 0.8)];
    expect(episodesOf(series, 1)).toEqual(episodesOf(series, 1000));
  });

  it('leaves out what lasts less than 8 s or is unsure below 30 s, and keeps what lasts to the end', () => {
    expect(episodesOf([...beats(100, 0), ...beats(12, 1), ...beats(100, 0)])).toEqual([]);
    expect(episodesOf([...beats(100, 0), ...beats(30, 0.7), ...beats(100, 0)])).toEqual([]);
    const [brief] = episodesOf([...beats(100, 0), ...beats(30, 1), ...beats(100, 0)]);
    expect(brief!.endS - brief!.startS).toBeGreaterThan(15);
    expect(brief!.endS - brief!.startS).toBeLessThan(30);
    const last = episodesOf([...beats(100, 0), ...beats(100, 1)]);
    expect(last[0]!.endS).toBeCloseTo(199 * 0.8, 6);
  });

  it('tells of a strip as a whole, from its beginning to its end', () => {
    const strip = (values: readonly number[], durationS = 30) => {
      const finder = createEpisodeFinder(durationS);
      const times = values.map((_, i) => 0.4 + 0.8 * i);
      return [...finder.push(beatsAt(times, values)), ...finder.finish()];
    };
    expect(strip(beats(36, 0.8))).toMatchObject([{ startS: 0, endS: 30, rhythm: '(AFIB' }]);
    expect(strip(beats(11, 0.8), 9)).toMatchObject([{ startS: 0, endS: 9 }]);
    expect(strip([...beats(10, 1), ...beats(26, 0.05)])).toEqual([]);
    expect(strip(beats(5, 1))).toEqual([]);
  });

  it('ends an episode at a gap in which nothing is known', () => {
    expect(episodesOf(beats(200, 1), 50, 100)).toHaveLength(2);
  });
});
