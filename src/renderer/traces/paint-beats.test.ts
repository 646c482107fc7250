import { expect, it } from 'vitest';
import type { AnnotationColumns } from '../../shared/contract';
import type { FrameGeometry } from './frame-geometry';
import { letterOf, paintReference } from './paint-beats';
import type { Palette } from './paper';

const beats = (letters: string, timesS: readonly number[]) => ({
  timeS: Float64Array.from(timesS),
  beatClass: Uint8Array.from(letters, (letter) => 'NSVFQ'.indexOf(letter)),
});
const lettersOf = (own: ReturnType<typeof beats>, counted: ReturnType<typeof beats> | null) =>
  Array.from(own.timeS, (_, i) => letterOf(own, i, counted)).join('');

it('writes what a beat counts as, and a cross at one that was rejected or cannot be read', () => {
  const own = beats('NVVNVN', [1, 2, 3, 4, 5, 6]);
  expect(lettersOf(own, beats('NNSN', [1, 4, 5, 6]))).toBe('N××NSN');
  expect(lettersOf(own, null)).toBe('NVVNVN');
  expect(lettersOf(own, beats('', []))).toBe('××××××');
});

it('writes no letter of an annotation file where a reader who decides first is told none', () => {
  const written: string[] = [];
  const context = {
    ...{ save: () => undefined, restore: () => undefined, fillRect: () => undefined },
    fillText: (text: string) => void written.push(text),
  };
  const frame = {
    ...{ context, ratio: 1, leftS: 0, rightS: 10 },
    x: (timeS: number) => 100 * timeS,
  } as unknown as FrameGeometry;
  const palette = {
    hues: { n: { text: 'grey' }, v: { text: 'orange' }, af: { text: 'teal' } },
  } as unknown as Palette;
  const reference = {
    timeS: Float64Array.of(1, 2, 3),
    symbol: ['N', 'V', '+'],
    aux: ['', '', '(AFIB'],
  } as unknown as AnnotationColumns;
  paintReference(frame, palette, reference, (timeS) => timeS > 1.5, 10);
  expect(written).toEqual(['N']);
});
