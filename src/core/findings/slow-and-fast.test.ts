import { expect, it } from 'vitest';
import { BEAT_CLASSES, DEFAULT_FINDING_THRESHOLDS, type Segment } from '../../shared/domain';
import { findingsOf, type Findings } from './findings';
import type { Reading } from './found-basis';

const V = BEAT_CLASSES.indexOf('V');

/** Beats at these rates, so many intervals each, whose segments a network calls Normal. */
function ofRates(
  rates: readonly (readonly [intervals: number, bpm: number])[],
  decisions: Reading['decisions'] = [],
): Findings {
  const timeS = [0.4];
  for (const [intervals, bpm] of rates)
    for (let i = 0; i < intervals; i++) timeS.push(timeS.at(-1)! + 60 / bpm);
  const beats = {
    timeS: Float64Array.from(timeS),
    beatClass: new Uint8Array(timeS.length),
  };
  const durationS = timeS.at(-1)! + 1;
  const segments = Array.from({ length: Math.floor(durationS / 5) - 1 }, (_, index): Segment => ({
    ...{ index, startS: 5 * index, endS: 5 * index + 10, probability: 0.1 },
    ...{ verdict: 'Normal', reason: null, refer: false },
  }));
  const signal = {
    ...{ durationS, startClock: null, beats, episodes: [], segments },
    ...{ quality: null, findsBeats: true, leads: [] },
  };
  return findingsOf(signal, DEFAULT_FINDING_THRESHOLDS, { beats, decisions });
}

/** A minute at one rate, half a minute further out, and a minute at the first again. */
const SLOW = [
  [46, 46],
  [16, 32],
  [46, 46],
] as const;
const FAST = [
  [126, 126],
  [75, 150],
  [126, 126],
] as const;

it.each([
  ['bradycardia', 'lowest', SLOW, 32],
  ['tachycardia', 'highest', FAST, 150],
] as const)(
  'a %s that lasts has the %s rate of its recording, and not a milder one of its own',
  (kind, extreme, rates, bpm) => {
    const { findings, heartRate } = ofRates(rates);
    expect(findings.map((one) => one.kind)).toEqual([kind]);
    expect(findings[0]!.rateBpm).toBeCloseTo(bpm, 9);
    expect(heartRate![extreme].bpm).toBeCloseTo(bpm, 9);
    // Rejected, it is listed by the same figure.
    const { id, startS, endS } = findings[0]!;
    const by = { state: 'rejected', note: '', rejectedAs: null, reader: 'r', atMs: 0 } as const;
    const after = ofRates(rates, [{ id, kind, startS, endS, ...by }]).findings;
    // Nor is a recording without beats, all of which were rejected, asystole.
    expect(after.map((one) => [one.id, one.state])).toEqual([[id, 'rejected']]);
    expect(after[0]!.rateBpm).toBeCloseTo(bpm, 9);
  },
);

it('flags what is severe where it is, however mild and long the bradycardia around it', () => {
  const flagged = ofRates(SLOW).segments.filter(({ verdict }) => verdict === 'Abnormal');
  expect(new Set(flagged.map(({ reason }) => reason))).toEqual(new Set(['32 bpm']));
  // From 60.4 to 90.4 s, with a beat or two at each side.
  expect(flagged.length).toBeGreaterThanOrEqual(5);
  expect(flagged[0]!.startS).toBeGreaterThanOrEqual(50);
  expect(flagged.at(-1)!.endS).toBeLessThanOrEqual(100);
});

it('finds no asystole where a run at an edge was rejected, and finds it where nothing beats after that', () => {
  const before = (silentS: number): readonly string[] => {
    // Twenty beats at 75 bpm, then eight seconds at 180 that a reader calls an artefact.
    const beats = [0.4];
    for (let i = 0; i < 20; i++) beats.push(beats.at(-1)! + 0.8);
    for (let i = 0; i < 24; i++) beats.push(beats.at(-1)! + 1 / 3);
    const timeS = Float64Array.from(beats);
    const beatClass = Uint8Array.from(beats, (_, i) => (i > 20 ? V : 0));
    const signal = {
      ...{ durationS: timeS.at(-1)! + silentS, startClock: null, beats: { timeS, beatClass } },
      ...{ episodes: [], segments: [], quality: null, findsBeats: true, leads: [] },
    };
    const found = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS).findings;
    const run = found.find((one) => one.kind === 'ventricular-tachycardia');
    const { id, kind, startS, endS } = run!;
    const by = {
      state: 'rejected',
      note: '',
      rejectedAs: 'artefact',
      reader: 'r',
      atMs: 0,
    } as const;
    const decisions = [{ id, kind, startS, endS, ...by }];
    const after = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS, {
      beats: signal.beats,
      decisions,
    });
    return after.findings.flatMap((one) => (one.state === 'rejected' ? [] : [one.kind]));
  };
  expect(before(1)).toEqual([]);
  expect(before(20)).toEqual(['asystole']);
});
