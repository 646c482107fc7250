import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  DISPLAY_BANDS,
  DISPLAY_FILTER_IDS,
  displayFilter,
  displayFilterId,
  withMains,
} from '../../shared/domain';
import { createDisplayFilter } from './bandpass';
import { designNotch } from './notch';

const RATE_HZ = 360;
const sine = (hz: number): Float64Array =>
  Float64Array.from({ length: 20 * RATE_HZ }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE_HZ));
const peak = (values: Float64Array): number =>
  Math.max(...values.subarray(5 * RATE_HZ, 15 * RATE_HZ).map(Math.abs));

describe('designNotch', () => {
  it("has SciPy's coefficients: scipy.signal.iirnotch(50, 30, fs=360)", () => {
    const [b0, b1, b2, a1, a2] = designNotch(360, 50).section;
    expect(b0).toBeCloseTo(0.9856631, 6);
    expect(b1).toBeCloseTo(-1.2671441, 6);
    expect(b2).toBeCloseTo(0.9856631, 6);
    expect(a1).toBeCloseTo(-1.2671441, 6);
    expect(a2).toBeCloseTo(0.9713262, 6);
  });
});

describe('display filters', () => {
  it('take the mains away and leave the neighbours', () => {
    const filter = createDisplayFilter(RATE_HZ, displayFilter('raw+50'))!;
    expect(peak(filter.apply(sine(50)))).toBeLessThan(0.01);
    expect(peak(filter.apply(sine(10)))).toBeCloseTo(1, 2);
  });

  it('change nothing where there is nothing to take away', () => {
    expect(createDisplayFilter(RATE_HZ, displayFilter('raw'))).toBeNull();
    expect(createDisplayFilter(90, displayFilter('raw+60'))).toBeNull();
    expect(createDisplayFilter(0.5, displayFilter('0.5-40'))).toBeNull();
  });

  it('take out the mains of the place, whatever a filter names itself', () => {
    expect(withMains('0.5-40', 60)).toBe('0.5-40+60');
    expect(withMains('0.5-40+50', 60)).toBe('0.5-40+60');
    expect(withMains('raw', null)).toBe('raw');
  });

  it('name what they do beside the trace', () => {
    expect(DISPLAY_FILTER_IDS).toHaveLength(12);
    expect(displayFilter('0.5-40+60').caption).toBe('0.5–40 Hz, notch 60 Hz');
    expect(displayFilter(displayFilterId('0.05-150', null)).caption).toBe('0.05–150 Hz');
    expect(DISPLAY_BANDS.model.band).toEqual({ lowHz: 0.5, highHz: 50, order: 5 });
  });
});

it('leaves what the networks read alone: the band of every card that is shipped', () => {
  for (const id of ['attention-cnn', 'beat-attention']) {
    const url = new URL(`../../../resources/models/${id}.json`, import.meta.url);
    const card = JSON.parse(readFileSync(url, 'utf8')) as { filter: unknown };
    expect(card.filter).toEqual(DISPLAY_BANDS.model.band);
  }
});
