import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReviewEdit } from '../../shared/domain';
import { speak } from '../words';
import { editInWords } from './edit-words';

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => speak('en'));
const place = { segments: [], at: (timeS: number, decimals = 0) => timeS.toFixed(decimals) };
const mark = {
  ...{ id: 'm', kind: 'march-out' as const, lead: null, startS: 12, endS: 13 },
  ...{ startMv: null, endMv: null, rrMs: null },
};
const edits: readonly ReviewEdit[] = [
  { kind: 'move-fiducial', startS: 0, endS: 10, fiducial: 'pOnset', atMs: -160 },
  { kind: 'move-fiducial', startS: 0, endS: 10, fiducial: 'tEnd', atMs: null },
  { kind: 'set-caliper', id: 'm', mark },
  { kind: 'decide-segments', segments: [3], decision: 'unsure', note: 'ruido' },
];

describe('an edit in words', () => {
  it('names what was moved and measured as the page does, and quotes as the language does', () => {
    const said = edits.map((edit) => editInWords(edit, place));
    expect(said).toEqual([
      'P moved to \u2212160 ms',
      'T end: not there',
      'March-out measured at 12.00',
      'segment 4: unsure, “ruido”',
    ]);
    speak('es');
    expect(edits.map((edit) => editInWords(edit, place))).toEqual([
      'P: movido a \u2212160 ms',
      'fin T: no está',
      'Periodicidad: medido (12.00)',
      'segmento 4: dudoso, «ruido»',
    ]);
  });
});
