import { expect, it } from 'vitest';
import type { BeatFamily, Consequences, FindingCounts } from '../../shared/domain';
import { consequencesInWords } from './consequences';
import { ordered } from './order';

function counts(
  beats: Partial<FindingCounts['beats']>,
  totals: Partial<Record<'ventricular-run' | 'ventricular-couplet' | 'sv-run', number>> = {},
): FindingCounts {
  return {
    kinds: Object.entries(totals).map(([kind, total]) => ({
      kind: kind as 'ventricular-run',
      total,
      open: total,
      confirmed: 0,
      unsure: 0,
      rejected: 0,
      urgentOpen: 0,
      worst: null,
    })),
    beats: { N: 0, S: 0, V: 0, F: 0, Q: 0, total: 2605, ...beats },
    needReader: 0,
    afS: 0,
    judged: { beats: true, af: true },
  };
}
const found: Consequences = {
  before: counts({ V: 473 }, { 'ventricular-run': 8, 'ventricular-couplet': 30 }),
  after: counts({ V: 233 }, { 'ventricular-run': 2, 'ventricular-couplet': 8 }),
  segmentsClosed: 36,
  segmentsOpened: 0,
};

it('says what an act would do, and once it is done what it did', () => {
  expect(consequencesInWords('240 beats V to N', found)).toEqual({
    act: '240 beats V to N',
    follows: '36 segments and 6 runs would close, 22 couplets fewer',
    burden: 'Ventricular beats 473 to 233, 18.2 % to 8.9 %.',
  });
  expect(consequencesInWords('', found, true).follows).toBe(
    '36 segments and 6 runs closed, 22 couplets fewer',
  );
});

it('says of an act after which nothing differs that nothing follows', () => {
  const { follows, burden } = consequencesInWords('1 beat N to Q', {
    ...found,
    after: found.before,
    segmentsClosed: 0,
  });
  expect([follows, burden]).toEqual(['', '']);
});

it('says what opens and what there is more of', () => {
  const { follows } = consequencesInWords('9 beats N to S', {
    before: counts({ S: 1 }),
    after: counts({ S: 10 }, { 'sv-run': 1 }),
    segmentsClosed: 0,
    segmentsOpened: 2,
  });
  expect(follows).toBe('2 segments would open again, 1 run more');
});

it('orders families by size, by time, and what was not seen first', () => {
  const family = (id: string, beats: number, firstS: number, seen: number): BeatFamily => ({
    id,
    name: id,
    beatClass: 'V',
    alone: false,
    beats,
    share: 0,
    seen,
    firstS,
    lastS: firstS,
    rrBeforeMs: null,
    alike: [],
  });
  const list = [family('a', 9, 30, 9), family('b', 5, 10, 2), family('c', 2, 20, 0)];
  const ids = (order: 'size' | 'time' | 'unseen') => ordered(list, order).map(({ id }) => id);
  expect(ids('size')).toEqual(['a', 'b', 'c']);
  expect(ids('time')).toEqual(['b', 'c', 'a']);
  expect(ids('unseen')).toEqual(['b', 'c', 'a']);
});
