import { expect, it } from 'vitest';
import { MISSING_ADU } from '../open-recording';
import { heldNumbers, textNumbers } from './text-numbers';

const scale = { gainAduPerUnit: 2, baselineAdu: 1 };

it.each([
  ['1 2\n -3', [1, 2, -3]],
  ['1, 2 ,,4', [1, 2, NaN, 4]],
  ['1,2,\n', [1, 2]],
  ['1 x 3', [1, NaN, 3]],
  ['1 0x10 Infinity 1e3', [1, NaN, NaN, 1000]],
  ['1;2; -3', [1, 2, -3]],
  ['0,5;1,25\n-2,5', [0.5, 1.25, -2.5]],
  ['  ', []],
])('reads the numbers of "%s"', (text, numbers) => {
  expect([...textNumbers(text)]).toEqual(numbers);
});

it('keeps integers, and turns decimals into values', () => {
  expect(heldNumbers(Float64Array.of(1, NaN, -3), scale)).toEqual({
    samples: Int32Array.of(1, MISSING_ADU, -3),
    missingCode: MISSING_ADU,
    scale,
  });
  expect(heldNumbers(Float64Array.of(1, NaN, 1.5), scale)).toEqual({
    samples: Float64Array.of(0, NaN, 0.25),
    scale: { gainAduPerUnit: 20, baselineAdu: 10 },
  });
  expect(heldNumbers(Float64Array.of(1e12), scale).samples).toBeInstanceOf(Float64Array);
});
