import { describe, expect, it } from 'vitest';
import { amongLeads, bestOf, hasNoise, isDisturbed, isDoubtful, isNoise } from './stretch-quality';

const seconds = (text: string): Uint8Array => Uint8Array.from(text, Number);

describe('quality of a stretch', () => {
  it('is that of the best lead', () => {
    const quality = bestOf([seconds('00112'), seconds('01210')], 7);
    expect([...quality.best]).toEqual([0, 1, 2, 1, 2]);
  });

  it('leaves a segment to be judged by four good seconds in ten', () => {
    expect(isNoise(bestOf([seconds('1111112222')], 30), 30, 40)).toBe(false);
    expect(isNoise(bestOf([seconds('1111111222')], 30), 30, 40)).toBe(true);
    // A quiet lead is a pause or a lead that is off, which is another rule's.
    expect(isNoise(bestOf([seconds('0000000222')], 30), 30, 40)).toBe(false);
    expect(isNoise(bestOf([seconds('0000001000')], 30), 30, 40)).toBe(true);
  });

  it('is in doubt where noise may lie on every lead for half of the time, and not where all are off', () => {
    const doubt = (levels: string[], leads: string[]): boolean =>
      isDoubtful(leads.map(seconds), bestOf(levels.map(seconds), 30), 30, 40);
    expect(doubt(['2222222222'], ['2222200000'])).toBe(true);
    expect(doubt(['2222222222'], ['2222000000'])).toBe(false);
    expect(doubt(['2222222222', '2222222222'], ['2222222222', '0000022222'])).toBe(true);
    expect(doubt(['2222222222', '2222222222'], ['2222222222', '0000002222'])).toBe(false);
    expect(doubt(['0000002222'], ['2222220000'])).toBe(false);
  });

  it('is in doubt sooner where another lead is noisy, and not where it is off', () => {
    const doubt = (levels: string[], leads: string[]): boolean =>
      isDoubtful(leads.map(seconds), bestOf(levels.map(seconds), 30), 30, 40);
    const both = ['1111122222', '2222222222'];
    expect(doubt(both, ['4444400000', '1111111111'])).toBe(true);
    expect(doubt(both, ['4444400000', '0111111111'])).toBe(false);
    expect(doubt(both, ['2222200000', '1111111111'])).toBe(false);
    expect(doubt(['1111122222'], ['4444400000'])).toBe(true);
  });

  it('is disturbed where one lead is noisy for a second of the segment, whatever the others show', () => {
    const disturbed = (...leads: string[]): boolean => isDisturbed(leads.map(seconds), 30, 32, 42);
    expect(disturbed('000000000000', '000004000000')).toBe(true);
    expect(disturbed('444444444444', '000000000000')).toBe(true);
    // What is only in doubt, or off, and what is noisy beside the segment alone.
    expect(disturbed('333333333333', '222222222222')).toBe(false);
    expect(disturbed('440000000000', '000000000000')).toBe(false);
  });

  it('is trusted beside a noisy lead only where it is plainly good, and beside one that is off as ever', () => {
    const among = (...leads: [level: string, doubt: string][]): string[] =>
      amongLeads(
        leads.map(([level, doubt]) => ({ level: seconds(level), doubt: seconds(doubt) })),
      ).map((level) => level.join(''));
    expect(among(['11222', '44300'], ['22222', '32330'])).toEqual(['11222', '12222']);
    expect(among(['00222', '22000'], ['22222', '33000'])).toEqual(['00222', '22222']);
    expect(among(['12222', '43333'])).toEqual(['12222']);
  });

  it('tells where a beat may have been missed', () => {
    const quality = bestOf([seconds('2222212222')], 0);
    expect(hasNoise(quality, 1.2, 4.9)).toBe(false);
    expect(hasNoise(quality, 4.2, 5.1)).toBe(true);
    expect(hasNoise(quality, 6, 30)).toBe(false);
  });
});
