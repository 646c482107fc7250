import { expect, it } from 'vitest';
import type { Segment } from '../../shared/domain';
import { hasFibrillatingWaves, judgeFibrillation } from './fibrillation-rule';

const card = { threshold: { value: 0.4 } } as never;
const window = { index: 0, startS: 0, endS: 10, unreadable: null, mayFibrillate: true };
const normal: Segment = {
  index: 0,
  startS: 0,
  endS: 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
};

it('lets no segment be Normal that may hold fibrillation, whatever the network says', () => {
  expect(judgeFibrillation(window, normal, card)).toEqual({
    ...normal,
    verdict: 'Abnormal',
    probability: 0.4,
    reason: 'may be ventricular fibrillation',
    refer: true,
  });
});

it('leaves every other verdict as it is', () => {
  const flagged: Segment = { ...normal, verdict: 'Abnormal', probability: 0.9 };
  const unreadable: Segment = { ...normal, verdict: 'Unreadable', probability: null };
  expect(judgeFibrillation(window, flagged, card)).toBe(flagged);
  expect(judgeFibrillation(window, unreadable, card)).toBe(unreadable);
  expect(judgeFibrillation({ ...window, mayFibrillate: false }, normal, card)).toBe(normal);
});

it('asks for two windows of 3 s, and counts those that lie in the segment as a whole', () => {
  const at = (seconds: readonly number[], startS = 20, fromS = 0): boolean => {
    const waves = new Uint8Array(60);
    for (const s of seconds) waves[s] = 1;
    return hasFibrillatingWaves(waves, fromS, { startS, endS: startS + 10 });
  };
  expect(at([22, 24])).toBe(true);
  expect(at([20, 27])).toBe(true);
  expect(at([22])).toBe(false);
  expect(at([19, 28, 29])).toBe(false);
  expect(at([12, 14], 20, 10)).toBe(true);
  expect(at([], 55)).toBe(false);
});
