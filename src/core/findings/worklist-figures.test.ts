import { expect, it } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type FindingDecision,
  type FindingKind,
} from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { findingsOf } from './findings';
import type { Reading } from './found-basis';
import { mainRhythm } from './main-rhythm';
import { worklistFigures } from './worklist-figures';

const DURATION_S = 1200;

/** Twenty minutes of sinus beats 0.8 s apart, in which `letters` stand from a minute on, `rrS` apart. */
function recording(letters: string, rrS = 0.4): AnalysedSignal {
  const timeS: number[] = [];
  const classes: number[] = [];
  const put = (at: number, letter: string): void => {
    timeS.push(at);
    classes.push(BEAT_CLASSES.findIndex((own) => own === letter));
  };
  for (let at = 0.4; at < 60; at += 0.8) put(at, 'N');
  let at = 60;
  for (const letter of letters) {
    at += letter === '_' ? 3 : rrS;
    if (letter !== '_') put(at, letter);
  }
  for (at += 0.8; at < DURATION_S; at += 0.8) put(at, 'N');
  return {
    durationS: DURATION_S,
    startClock: null,
    beats: { timeS: Float64Array.from(timeS), beatClass: Uint8Array.from(classes) },
    episodes: [],
    segments: [],
    quality: null,
    findsBeats: true,
    leads: [],
  };
}

function figures(signal: AnalysedSignal, reading?: Reading) {
  return worklistFigures(findingsOf(signal, DEFAULT_FINDING_THRESHOLDS, reading), DURATION_S);
}

it('says which rules a recording meets, by what, and which event is the worst', () => {
  const of = figures(recording('VVVVVVNNNN_NN'));
  expect(of.rules.map(({ rule, open }) => [rule, open])).toEqual([
    ['pause', true],
    ['tachycardia', true],
  ]);
  expect(of.rules[0]!.value).toBeCloseTo(3.4, 6);
  expect(of.rules[1]!.value).toBe(6);
  expect(of.worst?.kind).toBe('pause');
  expect(of.longestTachycardia?.beats).toBe(6);
  expect(of.longestTachycardia?.rateBpm).toBeCloseTo(150, 6);
  expect(of).toMatchObject({ decided: 0, reader: null, afS: 0 });
});

it('brings what may be fibrillation, and what else cannot wait, to the top without an event that names it', () => {
  const flagged = (startS: number, reason: string | null) => ({
    index: startS / 5,
    startS,
    endS: startS + 10,
    verdict: 'Abnormal' as const,
    probability: 0.9,
    reason,
    refer: false,
  });
  const rulesOf = (...segments: AnalysedSignal['segments'][number][]) =>
    figures({ ...recording('N'), segments }).rules;
  const waves = 'may be ventricular fibrillation';
  expect(rulesOf(flagged(100, waves), flagged(105, waves), flagged(300, waves))).toEqual([
    { rule: 'vf', value: 15, open: true },
  ]);
  expect(rulesOf(flagged(100, 'tachycardia of 200 bpm'))).toEqual([
    { rule: 'pressing', value: 10, open: true },
  ]);
  expect(rulesOf(flagged(100, 'very wide complexes'), flagged(300, waves))).toMatchObject([
    { rule: 'vf' },
    { rule: 'pressing' },
  ]);
  expect(rulesOf(flagged(100, null))).toEqual([]);
});

it('leaves what a reader rejected out of every figure, and keeps a decided rule as decided', () => {
  const signal = recording('VVVVVVNNNN_NN');
  const all = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
  const decide = (wanted: FindingKind, state: 'confirmed' | 'rejected'): FindingDecision => {
    const { id, kind, startS, endS } = all.findings.find((finding) => finding.kind === wanted)!;
    return { id, kind, startS, endS, state, note: '', rejectedAs: null, reader: 'Dr A', atMs: 1 };
  };
  const decisions = [decide('ventricular-tachycardia', 'rejected'), decide('pause', 'confirmed')];
  const of = figures(signal, { beats: signal.beats, decisions });
  expect(of.rules).toMatchObject([{ rule: 'pause', open: false }]);
  expect(of.longestTachycardia).toBeNull();
  expect(of.ventricularShare).toBe(0);
  expect(of.reader).toBe('Dr A');
});

it('has the share of ventricular beats open until the recording is decided', () => {
  const of = figures(recording('NV'.repeat(300)));
  expect(of.rules).toMatchObject([{ rule: 'burden', open: true }]);
  expect(of.ventricularPerHour).toBeCloseTo(300 * 3, 0);
});

it('says nothing an hour, and nothing of fibrillation, of a strip too short for it', () => {
  const short = { ...recording(''), durationS: 10 };
  const of = worklistFigures(findingsOf(short, DEFAULT_FINDING_THRESHOLDS), 10);
  expect(of).toMatchObject({ afS: null, ventricularPerHour: null, supraventricularPerHour: null });
});

it('says none of nothing that was not looked for: a network without beats, a recording that cannot be read', () => {
  const unnamed = { ...recording(''), findsBeats: false, beats: recording('').beats };
  unnamed.beats = { timeS: new Float64Array(0), beatClass: new Uint8Array(0) };
  const segment = { index: 0, startS: 0, endS: DURATION_S, probability: null, refer: false };
  const unread: AnalysedSignal = {
    ...unnamed,
    findsBeats: true,
    segments: [{ ...segment, verdict: 'Unreadable', reason: 'flat' }],
  };
  // A second between noise, without a beat: neither 'no arrhythmia' nor 'no pause' can rest on it.
  const instant: AnalysedSignal = { ...unread, durationS: 1, segments: [] };
  for (const signal of [unnamed, unread, instant]) {
    const found = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
    const segments = signal === unread ? { segments: false } : {};
    expect(found.counts.judged).toEqual({ beats: false, af: false, ...segments });
    expect(mainRhythm(found, signal.segments).name).toBe('not-judged');
    expect(worklistFigures(found, DURATION_S)).toMatchObject({
      judged: { beats: false, af: false },
      afS: null,
      ventricularPerHour: null,
      ventricularShare: null,
      supraventricularPerHour: null,
    });
  }
  const judged = findingsOf(recording(''), DEFAULT_FINDING_THRESHOLDS);
  expect(judged.counts.judged).toEqual({ beats: true, af: true });
  expect(mainRhythm(judged, []).name).toBe('none-of-these');
});

it('says that no segment has a verdict where beats were found all the same, as in five seconds', () => {
  const segment = { index: 0, startS: 0, endS: 10, probability: null, refer: false };
  const of = (verdict: 'Normal' | 'Unreadable') =>
    figures({ ...recording(''), segments: [{ ...segment, verdict, reason: null }] }).judged;
  expect(of('Unreadable')).toEqual({ beats: true, af: true, segments: false });
  expect(of('Normal')).toEqual({ beats: true, af: true, segments: true });
});
