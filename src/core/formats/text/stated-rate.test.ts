import { expect, it } from 'vitest';
import { statedRate } from './stated-rate';

const rateOf = (...lines: readonly string[]) =>
  statedRate(lines.map((text) => ({ text, byte: 0 })));

it.each([
  ['# Sampling rate: 250 Hz', 250],
  ['sample_rate=500', 500],
  ['Fs (Hz);250', 250],
  ['sampling frequency 0.5 kHz', 500],
  ['sample rate 1 kSps', 1000],
  ['# sampling rate: 1,000 Hz', 1000],
  ['# sampling rate: 1.000 Hz', 1000],
  ["Sampling rate: 1'000", 1000],
  ['Sampling rate: 2 000 Hz', 2000],
  ['Sampling rate: 250,5 Hz', 250.5],
  ['Sampling rate: 511.719 Hz', 511.719],
  ['fs=2.5e2', 250],
  ['250 samples per second is the sampling rate 250 samples per second', 250],
  ['sampling rate: 1 Hz', 1],
])('%s is %f Hz', (line, rateHz) => expect(rateOf(line)).toBe(rateHz));

it.each([
  [['# sampling interval: 4 ms'], 250],
  [['Sample period 7.8125 ms'], 128],
  [["'sample interval','MLII','V5'", "'0.00277778 sec','mV','mV'"], 360],
  [['sample interval,I', '0.002 sec,mV'], 500],
])('%j is every sample at %f Hz', (lines, rateHz) => expect(rateOf(...lines)).toBe(rateHz));

it.each([
  'sampling interval: 4 min',
  'sampling interval: 250',
  'sample rate every 4 ms',
  'fs 16 bit',
  'sampling rate: 0',
  '',
])('%s is no rate', (line) => expect(rateOf(line)).toBeNull());

it('is that of the ECG where other sensors have one too, and none where nobody says whose it is', () => {
  const motion = '# accelerometer sampling rate: 50 Hz';
  expect(rateOf(motion, '# ECG sampling rate: 250 Hz')).toBe(250);
  expect(rateOf(motion, '# sampling rate: 250 Hz')).toBeNull();
  expect(rateOf('fs=250', '# Sampling rate: 250 Hz')).toBe(250);
});
