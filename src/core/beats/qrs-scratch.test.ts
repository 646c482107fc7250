import { expect, it } from 'vitest';
import { seededRandom } from '../base/seeded-random';
import { createScratch } from './qrs-scratch';
import { qrsEvidence } from './qrs-evidence';

it('gives the same memory again once it is released, and zeros where they are asked for', () => {
  const scratch = createScratch();
  const first = scratch.take(8).fill(3);
  const second = scratch.take(8);
  expect(second.buffer).not.toBe(first.buffer);
  scratch.release();
  const again = scratch.zeros(5);
  expect(again.buffer).toBe(first.buffer);
  expect([...again]).toEqual([0, 0, 0, 0, 0]);
  scratch.release();
  expect(scratch.take(20)).toHaveLength(20);
});

it('makes the same of a stretch whatever was made before, also of a shorter one and of one with a gap', () => {
  const random = seededRandom(4);
  const signal = (length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => 0.1 * random() + (i % 200 < 20 ? 1 : 0));
  const scratch = createScratch();
  const gap = signal(4000).fill(NaN, 1000, 1500);
  for (const lead of [signal(5000), gap, signal(3000), signal(6000)]) {
    const leads = [lead, lead.map((value) => value / 2)];
    expect(qrsEvidence(leads, scratch)).toEqual(qrsEvidence(leads));
  }
});
