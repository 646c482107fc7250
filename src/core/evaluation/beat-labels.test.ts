import { expect, it } from 'vitest';
import { BEAT_CLASSES } from '../../shared/domain';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { FLUTTER_LABEL, labelBeats } from './beat-labels';

const mark = (sample: number, symbol: string, aux = ''): ReferenceAnnotation => ({
  sample,
  symbol,
  aux,
});

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
