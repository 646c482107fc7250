import { afterEach, expect, it, vi } from 'vitest';
import { speak } from '../words';
import type { Lane } from './lanes';
import { laneNotes } from './paint-labels';

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => speak('en'));

it('a gain of its own is painted with the decimal mark of the reader', () => {
  const lead = { units: 'mV', isEcg: true, gainAssumed: false };
  const lane = { lead, gainFactor: 0.25 } as unknown as Lane;
  const scale = { zero: 0 } as Parameters<typeof laneNotes>[1];
  speak('en');
  expect(laneNotes(lane, scale)).toBe('×0.25');
  speak('es');
  expect(laneNotes(lane, scale)).toBe('×0,25');
});
