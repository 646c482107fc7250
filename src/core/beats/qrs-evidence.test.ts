import { expect, it } from 'vitest';
import { createScratch } from '../base/scratch';
import { seededRandom } from '../base/seeded-random';
import { qrsEvidence } from './qrs-evidence';

it('makes the same of a stretch whatever was made before, also of a shorter one and of one with a gap', () => {
  const random = seededRandom(4);
  const signal = (length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => 0.1 * random() + (i % 200 < 20 ? 1 : 0));
  const scratch = createScratch();
  const gap = signal(4000).fill(NaN, 1000, 1500);
  for (const lead of [signal(5000), gap, signal(3000), signal(6000)]) {
    const leads = [lead, lead.map((value) => value / 2)];
    expect(qrsEvidence(leads, scratch)).toEqual(qrsEvidence(leads));
    scratch.release();
  }
});
