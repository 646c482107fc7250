import { expect, it } from 'vitest';
import { connectedSeconds } from './connected';

const levels = (text: string): Uint8Array => Uint8Array.from(text, Number);
const signal = (seconds: number): Float64Array => new Float64Array(seconds * 100);

it('takes a lead that is quiet for a few seconds for a pause, and for more for one that is off', () => {
  const of = (text: string): string =>
    connectedSeconds(levels(text), signal(text.length), 100).join('');
  expect(of('2200222')).toBe('2222222');
  expect(of('220000222')).toBe('222222222');
  expect(of('2200000222')).toBe('2200000222');
  expect(of('1001')).toBe('1221');
  // Nothing says that it was connected before, or after.
  expect(of('0022')).toBe('0022');
  expect(of('2200')).toBe('2200');
});

it('takes missing samples for no pause', () => {
  const raw = signal(8);
  raw[350] = NaN;
  expect(connectedSeconds(levels('22200222'), raw, 100).join('')).toBe('22200222');
});
