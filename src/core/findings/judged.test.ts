import { expect, it } from 'vitest';
import { BEAT_CLASSES, DEFAULT_FINDING_THRESHOLDS, type Segment } from '../../shared/domain';
import { english } from '../../shared/words';
import { nothingSaid } from '../report/conclusion';
import { findingsOf, type Findings } from './findings';

/** Readable signal with beats at these instants, whose segment a network calls Normal. */
function ofBeats(timesS: readonly number[], durationS: number, restless = false): Findings {
  const whole = { startS: 0, endS: durationS };
  const segment: Segment = {
    ...{ index: 0, ...whole, verdict: 'Normal', probability: 0.1, reason: null, refer: false },
  };
  const timeS = Float64Array.from(timesS);
  const beats = { timeS, beatClass: new Uint8Array(timeS.length).fill(BEAT_CLASSES.indexOf('N')) };
  const signal = {
    ...{ durationS, startClock: null, beats, episodes: [], segments: [segment] },
    ...{ quality: null, findsBeats: true, leads: [], ...(restless ? { restless: [whole] } : {}) },
  };
  return findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
}

it.each([
  ['five seconds that no beat was found in, too short for asystole', [], 5, false],
  ['twenty seconds that are not still, in which none was found', [], 20, true],
] as const)('does not call %s judged', (_, beats, durationS, restless) => {
  const found = ofBeats(beats, durationS, restless);
  expect(found.counts.judged).toMatchObject({ beats: false, af: false });
  expect(nothingSaid(found, true, english)).toMatch(
    /^No beat was found in \d+ s that could be read, so no rhythm was judged\. /,
  );
});

it('calls twenty still seconds asystole, which is judged, urgent, and not fine', () => {
  const { findings, counts } = ofBeats([], 20);
  expect(findings.map(({ kind, urgent }) => [kind, urgent])).toEqual([['asystole', true]]);
  expect(counts.judged.beats).toBe(true);
});

it('has the highest rate of normal beats wherever it has one and there are no others', () => {
  const strip = ofBeats([0.5, 2, 3.5, 5, 6.5, 8, 9.5], 10).heartRate!;
  expect(strip.highest).toMatchObject({ intervals: 6 });
  expect(strip.highestNormal).toEqual(strip.highest);
});
