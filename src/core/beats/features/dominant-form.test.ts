import { expect, it } from 'vitest';
import { seededRandom } from '../../base/seeded-random';
import { dominantForm } from './dominant-form';

const [BEATS, LEADS, SAMPLES] = [60, 2, 24];

/** Beats of two forms, every fifth the other one and early; one lead comes and goes, and values are often alike. */
function stretch() {
  const random = seededRandom(8);
  const windows = new Float32Array(BEATS * LEADS * SAMPLES);
  const present = new Float32Array(BEATS * LEADS).fill(1);
  const timeS = new Float64Array(BEATS);
  for (let beat = 0; beat < BEATS; beat++) {
    const isOther = beat % 5 === 4;
    timeS[beat] = (timeS[beat - 1] ?? 0) + (isOther ? 0.5 : 0.8 + 0.02 * random());
    if (beat % 7 === 3) present[beat * LEADS + 1] = 0;
    for (let at = 0; at < LEADS * SAMPLES; at++) {
      const t = at % SAMPLES;
      const height = Math.exp(-0.5 * ((t - (isOther ? 15 : 9)) / (isOther ? 4 : 2)) ** 2);
      windows[beat * LEADS * SAMPLES + at] = Math.round(20 * (height + 0.2 * random())) / 20;
    }
  }
  return { windows, present, timeS };
}

/** Sample by sample the median of the chosen beats that were seen in the lead. */
function median(windows: Float32Array, present: Float32Array, chosen: readonly number[]) {
  return Float32Array.from({ length: LEADS * SAMPLES }, (_, at) => {
    const seen = chosen.filter((beat) => present[beat * LEADS + Math.floor(at / SAMPLES)] === 1);
    const column = Float32Array.from(seen, (beat) => windows[beat * LEADS * SAMPLES + at]!).sort();
    return column[column.length >> 1]!;
  });
}

it('is the sample-wise median of the beats most like it, to the last digit', () => {
  const { windows, present, timeS } = stretch();
  const { form, similarity, isDominant } = dominantForm(windows, present, LEADS, SAMPLES, timeS);
  const late = [...timeS.keys()].filter(
    (beat) => beat > 0 && timeS[beat]! - timeS[beat - 1]! > 0.7,
  );
  const rr = late.map((beat) => timeS[beat]! - timeS[beat - 1]!);
  const all = [...timeS.keys()].slice(1).map((beat) => timeS[beat]! - timeS[beat - 1]!);
  const half = all.toSorted((a, b) => a - b)[(all.length - 1) >> 1]!;
  const candidates = late.filter((_, i) => rr[i]! >= half);
  const chosen = candidates
    .toSorted((a, b) => similarity[b]! - similarity[a]!)
    .slice(0, Math.ceil(0.6 * candidates.length))
    .sort((a, b) => a - b);
  expect(form).toEqual(median(windows, present, chosen));
  expect([...isDominant]).toEqual(Array.from({ length: BEATS }, (_, i) => (i % 5 === 4 ? 0 : 1)));
});

it('likens a beat to it by Pearson’s correlation over the leads that it was seen in', () => {
  const { windows, present, timeS } = stretch();
  const { form, similarity } = dominantForm(windows, present, LEADS, SAMPLES, timeS);
  for (let beat = 0; beat < BEATS; beat++) {
    let [cross, energy, ofForm] = [0, 0, 0];
    for (let lead = 0; lead < LEADS; lead++) {
      if (present[beat * LEADS + lead] !== 1) continue;
      const own = windows.subarray(
        (beat * LEADS + lead) * SAMPLES,
        (beat * LEADS + lead + 1) * SAMPLES,
      );
      const its = form.subarray(lead * SAMPLES, (lead + 1) * SAMPLES);
      const mean = (x: Float32Array): number => x.reduce((sum, value) => sum + value, 0) / SAMPLES;
      own.forEach((value, i) => {
        const [a, b] = [value - mean(own), its[i]! - mean(its)];
        cross += a * b;
        energy += a * a;
        ofForm += b * b;
      });
    }
    expect(similarity[beat]).toBeCloseTo(cross / Math.sqrt(energy * ofForm), 6);
  }
});
