import { expect, it } from 'vitest';
import { seededRandom } from '../../base/seeded-random';
import { connectedSeconds } from './connected';
import { restlessGaps, type HeardLead } from './restless-gaps';
import { assessLead, QUALITY } from './signal-quality';

const RATE_HZ = 250;
const DURATION_S = 60;

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);
const everyS = (rrS: number, fromS: number, toS: number): number[] =>
  Array.from({ length: Math.floor((toS - fromS) / rrS) + 1 }, (_, i) => fromS + i * rrS);

/** A lead with complexes at these times, and what else there is in it. */
function heard(beatsS: readonly number[], also: (t: number) => number = () => 0): HeardLead {
  const mv = Float64Array.from({ length: DURATION_S * RATE_HZ }, (_, i) => {
    const t = i / RATE_HZ;
    const beats = beatsS.filter((at) => Math.abs(at - t) < 0.6);
    const ecg = beats.map(
      (at) =>
        0.12 * bump(t, at - 0.16, 0.025) + bump(t, at, 0.012) + 0.3 * bump(t, at + 0.26, 0.05),
    );
    return ecg.reduce((sum, value) => sum + value, 0) + also(t);
  });
  const { level, bands } = assessLead(mv, RATE_HZ);
  return { bands, quality: connectedSeconds(level, mv, RATE_HZ) };
}
const spans = (leads: readonly HeardLead[], beatsS: readonly number[]) =>
  restlessGaps(leads, Float64Array.from(beatsS), 0, DURATION_S).map(
    ({ startS, endS }) => `${startS.toFixed(1)}-${endS.toFixed(1)}`,
  );

const all = everyS(0.8, 0.4, 59.6);
/** What is found where the beats between 24.4 and 28.4 s are not. */
const found = all.filter((at) => at < 24.5 || at > 28.3);
const gap = '24.4-28.4';

it('is quiet in a pause, P waves that are not conducted and a drifting lead among it', () => {
  const p = (t: number): number =>
    everyS(0.9, 24.9, 28).reduce((mv, at) => mv + 0.12 * bump(t, at, 0.03), 0);
  const drift = (t: number): number => 0.6 * Math.sin((2 * Math.PI * t) / 8);
  expect(spans([heard(found), heard(found)], found)).toEqual([]);
  expect(spans([heard(found, p)], found)).toEqual([]);
  expect(spans([heard(found, drift)], found)).toEqual([]);
});

it('is no pause where a lead that came off hides beats, whether another shows them or only noise', () => {
  // The electrode comes off with a step, and the lead comes back slowly.
  const off = (t: number): number => (t > 24.5 ? 8 * Math.exp(-(t - 24.5) / 1.5) : 0);
  const random = seededRandom(4);
  const noise = Float64Array.from({ length: DURATION_S * 50 }, () => random() - 0.5);
  const noisy = heard(all, (t) => 3 * (noise[Math.floor(t * 50)] ?? 0));
  expect(spans([heard(found, off), heard(all)], found)).toEqual([gap]);
  expect(spans([heard(found, off), noisy], found)).toEqual([gap]);
  expect(spans([heard(found, off)], found)).toEqual([gap]);
  // Quiet itself, beside a lead with complexes.
  expect(spans([heard(found), heard(all)], found)).toEqual([gap]);
  // A quiet lead is believed beside one that shows nothing but noise.
  expect(spans([heard(found), noisy], found)).toEqual([]);
});

it('is no pause where the heart flutters, between beats and at either end', () => {
  const flutter = (fromS: number, toS: number) =>
    heard(
      all.filter((at) => at < fromS || at > toS),
      (t) => (t > fromS && t < toS ? 0.7 * Math.sin(2 * Math.PI * 4.5 * t) : 0),
    );
  const without = (fromS: number, toS: number) => all.filter((at) => at < fromS || at > toS);
  expect(spans([flutter(24.7, 28.2)], without(24.7, 28.2))).toEqual([gap]);
  expect(spans([flutter(50, 60)], without(50, 60))).toEqual(['49.2-60.0']);
  expect(spans([flutter(0, 10)], without(0, 10))).toEqual(['0.0-10.0']);
  expect(spans([flutter(-1, 61)], [])).toEqual(['0.0-60.0']);
  expect(spans([heard([])], [])).toEqual([]);
});

it('says nothing where no lead is connected and readable', () => {
  const lead = heard(all);
  const off = { ...lead, quality: lead.quality.map(() => QUALITY.off) };
  expect(spans([off], found)).toEqual([]);
  expect(spans([off, heard(found)], found)).toEqual([]);
  expect(spans([off, lead], found)).toEqual([gap]);
});
