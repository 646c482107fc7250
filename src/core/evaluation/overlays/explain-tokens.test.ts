import { expect, it } from 'vitest';
import { abnormalTokens, isMixed, knownBeats } from './explain-tokens';

const note = (sample: number, symbol: string) => ({
  sample,
  symbol,
  aux: '',
});
const beats = knownBeats([note(100, 'N'), note(150, '+'), note(200, 'V'), note(233, 'N')], 100);

it('knows beats of both kinds, and which segments hold both', () => {
  expect(beats).toEqual([
    { timeS: 1, abnormal: false },
    { timeS: 2, abnormal: true },
    { timeS: 2.33, abnormal: false },
  ]);
  expect(isMixed(beats, 0, 2.1)).toBe(true);
  expect(isMixed(beats, 0, 2)).toBe(false);
  expect(isMixed(beats, 1.9, 2.2)).toBe(false);
});

it('marks the tokens of an abnormal beat, up to half the way to the next', () => {
  const marks = abnormalTokens(beats, 0, 0.1, 40);
  // V at 2 s: from 1.703 s to 2.165 s, the middle between it and the N after it.
  expect([...marks.keys()].filter((token) => marks[token] === 1)).toEqual([17, 18, 19, 20, 21]);
  expect([...abnormalTokens(beats, 10, 0.1, 40)]).toEqual(Array(40).fill(0));
});
