import { describe, expect, it } from 'vitest';
import type { Lead } from './recording';
import { columnSpans, hasTwelveLeads, isInColumn, leadRows, shownName } from './lead-layout';

const NAMES = ['i', 'ii', 'iii', 'avr', 'avl', 'avf', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
const LEADS = NAMES.map((name, index) => ({ name, index }) as Lead);
const named = (layout: Parameters<typeof leadRows>[0]): string[][] =>
  leadRows(layout, LEADS).map((row) => row.map(shownName));

describe('leadRows', () => {
  it('stands twelve leads as an electrocardiograph prints them', () => {
    expect(named('3x4')).toEqual([
      ['I', 'aVR', 'V1', 'V4'],
      ['II', 'aVL', 'V2', 'V5'],
      ['III', 'aVF', 'V3', 'V6'],
      ['II'],
    ]);
    expect(named('6x2')[3]).toEqual(['aVR', 'V4']);
    expect(named('12x1').flat()).toHaveLength(12);
  });

  it('turns aVR round in the order of Cabrera', () => {
    expect(named('cabrera').map(([limb]) => limb)).toEqual([
      'aVL',
      'I',
      '-aVR',
      'II',
      'aVF',
      'III',
    ]);
  });

  it('gives every lead a row of its own where the twelve are not all there', () => {
    expect(hasTwelveLeads(LEADS.slice(1))).toBe(false);
    expect(leadRows('3x4', LEADS.slice(1))).toHaveLength(11);
  });
});

describe('columns', () => {
  const third = { index: 2, of: 4, widthS: 2.5 };
  it('follow one another and begin again every ten seconds', () => {
    expect(columnSpans(third, 0, 20)).toEqual([
      { startS: 5, endS: 7.5 },
      { startS: 15, endS: 17.5 },
    ]);
    expect(columnSpans(third, 6, 7)).toEqual([{ startS: 6, endS: 7 }]);
    expect(columnSpans(third, 8, 9)).toEqual([]);
    expect(columnSpans(null, 8, 9)).toEqual([{ startS: 8, endS: 9 }]);
  });

  it('show every time in one column of a row', () => {
    for (let t = 0; t < 25; t += 0.3) {
      const shown = [0, 1, 2, 3].filter((index) => isInColumn({ ...third, index }, t));
      expect(shown).toHaveLength(1);
    }
  });
});
