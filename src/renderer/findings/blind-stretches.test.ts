import { describe, expect, it } from 'vitest';
import type { Finding, Segment } from '../../shared/domain';
import { aFinding } from '../../shared/domain/testing/a-finding';
import { blindStretches, STRETCH_S } from './blind-stretches';

const DURATION_S = 3000;
const finding = (startS: number, lengthS: number, kind: Finding['kind'] = 'pause'): Finding =>
  aFinding({ id: `${kind}@${startS}`, kind, startS, endS: startS + lengthS, durationS: lengthS });
const segments = Array.from({ length: 599 }, (_, index): Segment => {
  const [startS, endS] = [5 * index, 5 * index + 10];
  const verdict = index % 10 === 0 ? 'Abnormal' : index % 10 === 1 ? 'Unreadable' : 'Normal';
  return { index, startS, endS, verdict, probability: 0, reason: null, refer: index % 10 === 2 };
});
const short = Array.from({ length: 40 }, (_, i) => finding(30 + 70 * i, 2));
const long = finding(500, 300, 'af');
const beat = finding(111, 0.4, 'ventricular-beat');
const events = [...short, long];
const found = [...events, beat];

describe('stretches for a reader who decides first', () => {
  const stretches = blindStretches(events, found, segments, DURATION_S);

  it('stand in the order of time, as long as each other, the same every time and whatever was decided', () => {
    const starts = stretches.map(({ startS }) => startS);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const { startS, endS } of stretches) expect(endS - startS).toBeCloseTo(STRETCH_S);
    const decided = (all: Finding[]): Finding[] =>
      all.map((one) => ({ ...one, state: 'rejected' as const }));
    const later = blindStretches(decided(events), decided(found), segments, DURATION_S);
    expect(later.map(({ id, startS }) => [id, startS])).toEqual(
      stretches.map(({ id, startS }) => [id, startS]),
    );
  });

  it('hold every event, anywhere in them', () => {
    const places = short.map(({ id, startS, endS }) => {
      const stretch = stretches.find((one) => one.id === id)!;
      expect(stretch.startS).toBeLessThanOrEqual(startS);
      expect(stretch.endS).toBeGreaterThanOrEqual(endS);
      return (startS - stretch.startS) / (STRETCH_S - 2);
    });
    const fourths = new Set(places.map((place) => Math.min(3, Math.floor(4 * place))));
    expect(fourths.size).toBe(4);
    const ofLong = stretches.find(({ id }) => id === long.id)!;
    expect(ofLong.startS).toBeGreaterThanOrEqual(long.startS);
    expect(ofLong.endS).toBeLessThanOrEqual(long.endS);
  });

  it('are mixed with some in which nothing at all was found', () => {
    const quiet = stretches.filter(({ event }) => event === null);
    expect(quiet).toHaveLength(21);
    for (const { segment, startS, endS } of quiet) {
      expect(segment).toMatchObject({ verdict: 'Normal', refer: false });
      for (const one of found) expect(one.startS > endS || one.endS < startS).toBe(true);
    }
    expect(blindStretches([], [], segments, DURATION_S)).toHaveLength(2);
    expect(blindStretches([], [finding(0, DURATION_S, 'noise')], segments, DURATION_S)).toEqual([]);
  });
});
