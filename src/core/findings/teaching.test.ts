import { expect, it } from 'vitest';
import { english } from '../../shared/words';
import { teachingReasons, teachingText, type Segment, type Verdict } from '../../shared/domain';
import { answerTheSame, teachingOf, type TeachingInput } from './teaching';

const segment = (index: number, verdict: Verdict = 'Normal'): Segment => ({
  ...{ index, startS: 5 * index, endS: 5 * index + 10, verdict, reason: null, refer: false },
  probability: verdict === 'Unreadable' ? null : 0.1,
});
const calm: TeachingInput = {
  analysableS: 1800,
  findings: [],
  unlike: { beats: 20, of: 2000 },
  segments: Array.from({ length: 100 }, (_, i) => segment(i)),
  other: null,
};
const stretch = (state: 'open' | 'confirmed', durationS = 90) =>
  ({ kind: 'borderline', state, durationS }) as const;

it('finds nothing to learn in what is sure, known and agreed on', () => {
  const teaching = teachingOf({ ...calm, other: { modelId: 'b', segments: calm.segments } });
  expect(teaching).toEqual({
    score: 0,
    borderline: 0,
    unlike: calm.unlike,
    differing: { segments: 0, modelId: 'b' },
  });
  expect(teachingReasons(teaching)).toEqual([]);
});

it('learns from borderline stretches until somebody has settled them', () => {
  const findings = [stretch('open'), stretch('open'), stretch('confirmed', 900)];
  const open = teachingOf({ ...calm, findings });
  expect(open.borderline).toBe(2);
  // 180 of 1,800 s, and ten minutes of what is known.
  expect(open.score).toBeCloseTo(0.1 * (1800 / 2400), 3);
  const settled = findings.map((one) => ({ ...one, state: 'confirmed' as const }));
  expect(teachingOf({ ...calm, findings: settled }).score).toBe(0);
});

it('counts segments that another model reads otherwise, of those that both could read', () => {
  const others = calm.segments.map((one, i) => {
    if (i < 40) return { ...one, verdict: 'Abnormal' as const };
    return i < 50 ? segment(i, 'Unreadable') : one;
  });
  // Of another grid: nothing to hold it against.
  others.push({ ...segment(200, 'Abnormal'), startS: 2.5 });
  const teaching = teachingOf({ ...calm, other: { modelId: 'b', segments: others } });
  expect(teaching.differing).toEqual({ segments: 40, modelId: 'b' });
  expect(teaching.score).toBeCloseTo(0.4 * 0.75, 3);
});

it('joins the reasons, so that each adds and none is counted for more than all of the time', () => {
  const all = teachingOf({
    ...calm,
    findings: [stretch('open', 900)],
    unlike: { beats: 1020, of: 2000 },
    other: { modelId: 'b', segments: calm.segments.map((s) => ({ ...s, verdict: 'Abnormal' })) },
  });
  expect(all.score).toBeCloseTo(1 - (1 - 0.375) * (1 - 0.375) * (1 - 0.75), 3);
  expect(teachingText(all, english)).toBe(
    '1 borderline stretch; forms unlike the training data in 51\u2009% of the beats; the two models differ in 100 segments',
  );
});

it('gives a strip no place before a day for the same share, and nothing to what cannot be read', () => {
  const day = { ...calm, analysableS: 86_400, findings: [stretch('open', 8640)] };
  const strip = { ...calm, analysableS: 10, findings: [stretch('open', 10)] };
  expect(teachingOf(strip).score).toBeLessThan(teachingOf(day).score);
  const nothing = { ...calm, analysableS: 0, unlike: { beats: 0, of: 0 }, segments: [] };
  expect(teachingOf(nothing).score).toBe(0);
});

it('holds verdicts against each other only where the models answer the same question', () => {
  expect(answerTheSame('review', 'review')).toBe(true);
  expect(answerTheSame('review', 'majority')).toBe(false);
  expect(answerTheSame(null, null)).toBe(false);
});
