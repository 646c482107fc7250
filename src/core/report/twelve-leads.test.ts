import { expect, it } from 'vitest';
import type { KeptCaliper, Lead } from '../../shared/domain';
import { english } from '../../shared/words';
import { marksOnNoPaper } from './strip-marks';
import { twelveLeadPapers } from './twelve-leads';

const NAMES = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const leads = NAMES.map((name, index) => ({ name, index }) as Lead);
const page = { startS: 20, endS: 30, leads: leads.map(({ index }) => index) };

/** Those of these marks that a page in a layout leaves to the notes at the end. */
function left(layout: '3x4' | '12x1', marks: [lead: string, startS: number][]): string[] {
  const kept = marks.map(([lead, startS]): KeptCaliper => ({
    ...{ id: lead, kind: 'RR', startS, endS: startS + 1, lead: NAMES.indexOf(lead) },
    ...{ startMv: null, endMv: null, rrMs: null, reader: '', atMs: 0 },
  }));
  const papers = twelveLeadPapers(page, leads, layout);
  return marksOnNoPaper(kept, papers, { leads }, english).map(({ title }) => title);
}

it('a mark outside its lead’s part of the page stands among the notes, as nothing draws it', () => {
  const marks: [string, number][] = [
    ['V1', 21],
    ['V1', 25.5],
    ['II', 21],
    ['II', 29],
    ['I', 22],
  ];
  // V1 is drawn from 25 to 27.5 s, I from 20 to 22.5 s; II has the whole of the last row.
  expect(left('3x4', marks)).toEqual(['Mark, lead V1', 'Mark, lead I']);
  expect(left('12x1', marks)).toEqual([]);
});
