import { describe, expect, it } from 'vitest';
import { recordVerdict } from './record-verdict';
import { judge } from './verdict';

const window = { index: 3, startS: 15, endS: 25, unreadable: null };
const card = {
  id: 'm',
  threshold: { value: 0.4, chosen: '' },
  referBand: { low: 0.35, high: 0.5 },
};

describe('judge', () => {
  it('calls the threshold itself Abnormal', () => {
    expect(judge(window, 0.4, card).verdict).toBe('Abnormal');
    expect(judge(window, 0.3999, card).verdict).toBe('Normal');
  });
  it('refers inside the band, bounds included', () => {
    expect(judge(window, 0.35, card).refer).toBe(true);
    expect(judge(window, 0.5, card).refer).toBe(true);
    expect(judge(window, 0.51, card).refer).toBe(false);
    expect(judge(window, 0.4, { ...card, referBand: null }).refer).toBe(false);
  });
  it('never calls an unreadable window Normal', () => {
    const segment = judge({ ...window, unreadable: 'flat' }, 0.01, card);
    expect(segment).toMatchObject({ verdict: 'Unreadable', probability: null, reason: 'flat' });
    expect(judge(window, null, card).verdict).toBe('Unreadable');
  });
  it('takes a probability that is none for the bug it is', () => {
    expect(() => judge(window, NaN, card)).toThrow(RangeError);
    expect(() => judge(window, 1.5, card)).toThrow(RangeError);
  });
});

describe('recordVerdict', () => {
  const segments = [0.1, 0.9, 0.2].map((p, index) => judge({ ...window, index }, p, card));
  it('is Abnormal as soon as one segment is, with the highest probability', () => {
    expect(recordVerdict(segments)).toEqual({
      verdict: 'Abnormal',
      probability: 0.9,
      abnormalSegments: 1,
      readableSegments: 3,
    });
  });
  it('is Normal when all readable segments are, Unreadable when none can be read', () => {
    const flat = judge({ ...window, unreadable: 'flat' }, null, card);
    expect(recordVerdict([segments[0]!, flat])).toMatchObject({
      verdict: 'Normal',
      probability: 0.1,
    });
    expect(recordVerdict([flat])).toMatchObject({ verdict: 'Unreadable', probability: null });
    expect(recordVerdict([])).toMatchObject({ verdict: 'Unreadable', probability: null });
  });
});
