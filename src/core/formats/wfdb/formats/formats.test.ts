import { describe, expect, it } from 'vitest';
import { encodeSamples } from '../testing/encode';
import { integer, seededRandom } from '../testing/random';
import { invalidCode, sampleBits, sampleFormat } from '.';

const CODES = [8, 16, 24, 32, 61, 80, 160, 212, 310, 311];

/** Random samples of a format with its extremes among them. */
function samplesOf(code: number, count: number): number[] {
  const random = seededRandom(code);
  const bits = code === 8 ? 8 : sampleBits(code);
  const lowest = -(2 ** (bits - 1));
  const values = Array.from({ length: count }, () => integer(random, lowest, -lowest - 1));
  return [lowest, -lowest - 1, -1, 0, 1, ...values].slice(0, count);
}

describe.each(CODES)('format %i', (code) => {
  const format = sampleFormat(code)!;
  const samples = samplesOf(code, 120);
  const bytes = encodeSamples(code, samples);

  it('decodes what signal(5) says it stores', () => {
    const out = new Int32Array(samples.length);
    format.decode(bytes, 0, 1, samples.length, out, 0, 1);
    expect([...out]).toEqual(samples);
  });

  it('decodes any first sample and step, and leaves the rest of the output alone', () => {
    for (const first of [0, 1, 2, 3, 5, 8, 13]) {
      for (const step of [1, 2, 3, 4, 7]) {
        for (const outStep of [1, 3]) {
          const count = Math.floor((samples.length - first - 1) / step) + 1;
          const out = new Int32Array(count * outStep + 2).fill(77);
          format.decode(bytes, first, step, count, out, 2, outStep);
          const wanted = new Int32Array(out.length).fill(77);
          for (let k = 0; k < count; k++) wanted[2 + k * outStep] = samples[first + k * step]!;
          expect([...out], `first ${first}, step ${step}, outStep ${outStep}`).toEqual([...wanted]);
        }
      }
    }
  });

  it('gives the same through a table, where it has that', () => {
    if (!format.decodeByTable) return;
    const table = Float64Array.from({ length: 4096 }, (_, bits) => ((bits << 20) >> 20) / 2);
    const shifted = new Uint8Array(bytes.length + 2).subarray(2);
    shifted.set(bytes);
    for (const source of [bytes, shifted, bytes.slice(0, -1)]) {
      for (const first of [0, 1, 2, 5]) {
        for (const step of [1, 2, 4]) {
          const count = Math.floor((samples.length - 2 - first) / step) + 1;
          const out = new Float64Array(count + 1).fill(0.25);
          format.decodeByTable(source, first, step, count, table, out, 1, 1);
          const wanted = Array.from({ length: count }, (_, k) => samples[first + k * step]! / 2);
          expect([...out], `first ${first}, step ${step}`).toEqual([0.25, ...wanted]);
        }
      }
    }
  });

  it('decodes from bytes that do not start at a word', () => {
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    const out = new Int32Array(samples.length / 2);
    format.decode(shifted, 1, 2, out.length, out, 0, 1);
    expect([...out]).toEqual(samples.filter((_, k) => k % 2 === 1));
  });
});

it('knows how many samples a cut block still holds', () => {
  expect([0, 1, 2].map((bytes) => sampleFormat(212)!.samplesInPartialBlock(bytes))).toEqual([
    0, 0, 1,
  ]);
  expect([0, 1, 2, 3].map((bytes) => sampleFormat(310)!.samplesInPartialBlock(bytes))).toEqual([
    0, 0, 1, 1,
  ]);
  expect([0, 1, 2, 3].map((bytes) => sampleFormat(311)!.samplesInPartialBlock(bytes))).toEqual([
    0, 0, 1, 2,
  ]);
});

it('decodes a two-lead 212 file whose last byte is cut off', () => {
  const samples = samplesOf(212, 17);
  const bytes = encodeSamples(212, samples).slice(0, 26);
  const out = new Int32Array(9);
  sampleFormat(212)!.decode(bytes, 0, 2, 9, out, 0, 1);
  expect([...out]).toEqual(samples.filter((_, k) => k % 2 === 0));
});

it('takes the most negative value of a format for a missing sample', () => {
  expect([80, 310, 212, 16, 24, 32, 508, 516, 524].map(invalidCode)).toEqual([
    -128, -512, -2048, -32768, -8388608, -2147483648, -128, -32768, -8388608,
  ]);
});
