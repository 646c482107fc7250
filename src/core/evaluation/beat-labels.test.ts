import { describe, expect, it } from 'vitest';
import { BEAT_CLASSES } from '../../shared/domain';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { fibrillationSpans, FLUTTER_LABEL, labelBeats } from './beat-labels';

const mark = (sample: number, symbol: string, aux = ''): ReferenceAnnotation => ({
  sample,
  symbol,
  aux,
});

describe('labelBeats', () => {
  it('gives each annotated beat to the nearest detection within 150 ms and calls the rest Q', () => {
    const reference = [
      mark(100, 'N'),
      mark(200, 'V'),
      mark(300, 'a'),
      mark(400, '!'),
      mark(500, 'N'),
    ];
    const times = Float64Array.from([1.02, 1.14, 2, 2.9, 4.1, 5.2]);
    const labels = [...labelBeats(times, reference, 100)];
    const q = BEAT_CLASSES.indexOf('Q');
    expect(labels).toEqual([
      0,
      q,
      BEAT_CLASSES.indexOf('V'),
      BEAT_CLASSES.indexOf('S'),
      FLUTTER_LABEL,
      q,
    ]);
  });
});

describe('fibrillationSpans', () => {
  it('lasts from one rhythm change to the next', () => {
    const changes = [
      mark(0, '+', '(N'),
      mark(500, '+', '(AFIB\0'),
      mark(900, '+', '(N'),
      mark(1200, '+', '(AFL'),
    ];
    expect(fibrillationSpans(changes, 100)).toEqual([
      { startS: 5, endS: 9 },
      { startS: 12, endS: Infinity },
    ]);
  });
});
