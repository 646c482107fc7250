import { expect, it } from 'vitest';
import { letterOf } from './paint-beats';

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
