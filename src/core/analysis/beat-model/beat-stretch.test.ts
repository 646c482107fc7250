import { serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { DISPLAY_BANDS, ok } from '../../../shared/domain';
import { createScratch } from '../../base/scratch';
import { seededRandom } from '../../base/seeded-random';
import type { LeadSignal } from '../../recordings/lead-signal';
import { readBeatStretch } from './beat-stretch';

const RATE_HZ = 250;

/** A lead with a beat about every 0.8 s in noise of its own, and samples missing for two seconds from `gapS` on. */
function leadOf(seed: number, seconds: number, gapS: number): LeadSignal {
  const random = seededRandom(seed);
  const samples = Float64Array.from({ length: seconds * RATE_HZ }, (_, i) => {
    const t = (i / RATE_HZ) % (0.8 + 0.01 * seed);
    return Math.exp(-0.5 * ((t - 0.4) / 0.012) ** 2) + 0.08 * (random() - 0.5);
  });
  samples.fill(NaN, gapS * RATE_HZ, (gapS + 2) * RATE_HZ);
  const read: LeadSignal['read'] = async (start, end) => ok(samples.slice(start, end));
  return { name: 'II', rateHz: RATE_HZ, length: samples.length, read };
}

it('reads stretches one after the other in the same memory as each by itself', async () => {
  const leads = [leadOf(1, 300, 20), leadOf(2, 300, 170)];
  const { band } = DISPLAY_BANDS.model;
  const scratch = createScratch();
  const spans = [
    { fromS: 0, toS: 120 },
    { fromS: 100, toS: 300 },
    { fromS: 200, toS: 290 },
    { fromS: 0, toS: 120 },
  ];
  const together: string[] = [];
  // As bytes: what differs in the last digit alone differs.
  const bytesOf = (read: unknown): string => serialize(read).toString('latin1');
  for (const span of spans) {
    const read = await readBeatStretch(leads, span, band, { scratch });
    expect(read.ok && read.value.tokens.timeS.length).toBeGreaterThan(100);
    together.push(bytesOf(read));
    // What was answered is nobody's scratch.
    scratch.release();
  }
  for (const [i, span] of spans.entries())
    expect(together[i] === bytesOf(await readBeatStretch(leads, span, band))).toBe(true);
});
