import { expect, it } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS, type HeartRate, type Segment } from '../../shared/domain';
import { aFinding } from '../../shared/domain/testing/a-finding';
import { english } from '../../shared/words';
import { defaultStrips } from './default-strips';

const DURATION_S = 600;
const beatsS = Float64Array.from({ length: DURATION_S - 1 }, (_, i) => i + 1);
const segments = [{ startS: 0, endS: DURATION_S, verdict: 'Normal' } as Segment];
const brady = aFinding({ id: 'bradycardia@100', kind: 'bradycardia', rateBpm: 46, beats: 60 });

/** Titles of the strips beside a bradycardia of a length from 100 s on, with the lowest rate at a time. */
function titles(lengthS: number, lowestAtS: number): string[] {
  const extreme = { bpm: 60, intervals: 8 };
  const heartRate = {
    meanBpm: 60,
    lowest: { ...extreme, bpm: 48, atS: lowestAtS },
    highest: { ...extreme, atS: 20 },
    longestRr: { atS: 20, ms: 1000 },
  } as unknown as HeartRate;
  const findings = [{ ...brady, startS: 100, endS: 100 + lengthS, durationS: lengthS }];
  const found = { findings, heartRate, thresholds: DEFAULT_FINDING_THRESHOLDS };
  return defaultStrips(found, beatsS, segments, false, english).map(({ ownTitle }) => ownTitle);
}
const lowest = expect.stringMatching(/^Lowest rate/);

it('shows the lowest rate where the strip of a long bradycardia leaves its middle out', () => {
  expect(titles(78, 120)).toContainEqual(lowest);
  // By its start, or on a strip that is whole, it is seen already.
  expect(titles(78, 100)).not.toContainEqual(lowest);
  expect(titles(30, 110)).not.toContainEqual(lowest);
});

it('shows first, and by its reason, what cannot wait, as the conclusion names it first', () => {
  const findings = [
    aFinding({ id: 'ventricular-couplet@5000', kind: 'ventricular-couplet', startS: 5, endS: 6 }),
    aFinding({
      ...{ id: 'flagged-unclear@60000', kind: 'flagged-unclear', startS: 60, endS: 100 },
      reason: 'may be ventricular fibrillation',
    }),
    aFinding({ id: 'flagged-unclear@200000', kind: 'flagged-unclear', startS: 200, endS: 210 }),
  ];
  const found = { findings, heartRate: null, thresholds: DEFAULT_FINDING_THRESHOLDS };
  const strips = defaultStrips(found, beatsS, segments, false, english);
  expect(strips.map(({ ownTitle }) => ownTitle)).toEqual([
    'Flagged, cause unclear, may be ventricular fibrillation',
    'Ventricular couplets',
  ]);
});
