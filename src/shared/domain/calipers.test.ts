import { expect, it } from 'vitest';
import { caliperLabel, caliperMeasures, caliperValues, mvText } from './calipers';
import { english, wordsIn } from '../words';
import type { CaliperMark } from './measurements';

const mark = (over: Partial<CaliperMark>): CaliperMark => ({
  id: 'm',
  kind: 'interval',
  startS: 1,
  endS: 1.388,
  lead: 0,
  startMv: 0.1,
  endMv: -0.05,
  rrMs: null,
  ...over,
});

it('QT is corrected by the RR that the mark names, after Bazett and Fridericia', () => {
  const found = caliperMeasures(mark({ kind: 'QT', rrMs: 760 }));
  expect(found.qtcBazettMs).toBeCloseTo(388 / Math.sqrt(0.76), 6);
  expect(found.qtcFridericiaMs).toBeCloseTo(388 / Math.cbrt(0.76), 6);
  expect(caliperValues(mark({ kind: 'QT', rrMs: 760 }), english)).toEqual([
    '388 ms',
    'QTcF 425 ms',
    'QTcB 445 ms',
    'RR 760 ms',
  ]);
});

it('without an RR there is no QTc', () => {
  expect(caliperValues(mark({ kind: 'QT' }), english)).toEqual(['388 ms']);
});

it('a mark of no length has no rate', () => {
  expect(caliperValues(mark({ kind: 'RR', endS: 1 }), english)).toEqual(['0 ms']);
});

it('RR and march-out say the rate, PR and QRS do not', () => {
  expect(caliperLabel(mark({ kind: 'RR', endS: 1.76 }), english)).toBe('RR 760 ms, 79 bpm');
  expect(caliperLabel(mark({ kind: 'march-out', endS: 1.6 }), english)).toBe(
    'March-out 600 ms, 100 bpm',
  );
  expect(caliperLabel(mark({ kind: 'PR', endS: 1.142 }), english)).toBe('PR 142 ms');
});

it('ST is measured at J+60 and J+80 against the first edge', () => {
  const st = mark({ kind: 'ST', j60Mv: -0.02, j80Mv: null });
  expect(caliperMeasures(st).st60Mv).toBeCloseTo(-0.12, 9);
  expect(caliperLabel(st, english)).toBe('ST J+60 \u22120.12 mV, J+80 not read');
});

it('an interval says the step between its edges', () => {
  expect(caliperLabel(mark({}), english)).toBe('388 ms, \u22120.15 mV');
  expect(caliperLabel(mark({ endMv: null }), english)).toBe('388 ms');
});

it('a step that rounds to nothing has no sign', () => {
  expect(mvText(-0.001, english)).toBe('0.00 mV');
});

it('is said in the language of the words', () => {
  const spanish = wordsIn('es');
  expect(caliperLabel(mark({}), spanish)).toBe('388 ms, \u22120,15 mV');
  expect(caliperLabel(mark({ kind: 'RR', endS: 1.76 }), spanish)).toBe('RR 760 ms, 79 lpm');
});
