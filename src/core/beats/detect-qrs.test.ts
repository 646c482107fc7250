import { describe, expect, it } from 'vitest';
import { createQrsDetector, detectQrs, type Detection } from './detect-qrs';

interface Beat {
  readonly timeS: number;
  readonly wide: boolean;
}

/** A random number generator with a seed (Numerical Recipes, 7.1), so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

const bump = (t: number, atS: number, widthS: number): number =>
  Math.exp(-0.5 * ((t - atS) / widthS) ** 2);

/** Sum of Gaussian P, QRS and T waves; a wide beat has no P wave, a QRS three times as wide and a large T. */
function ecg(beats: readonly Beat[], durationS: number, rateHz: number, gain = 1): Float64Array {
  const signal = new Float64Array(Math.round(durationS * rateHz));
  for (const { timeS, wide } of beats) {
    const first = Math.max(0, Math.floor((timeS - 0.4) * rateHz));
    const last = Math.min(signal.length, Math.ceil((timeS + 0.6) * rateHz));
    for (let i = first; i < last; i++) {
      const t = i / rateHz - timeS;
      signal[i]! +=
        gain *
        (wide
          ? 1.4 * bump(t, 0, 0.03) - 0.5 * bump(t, 0.3, 0.06)
          : 0.12 * bump(t, -0.16, 0.025) +
            1.1 * bump(t, 0, 0.011) -
            0.25 * bump(t, 0.028, 0.011) +
            0.3 * bump(t, 0.28, 0.045));
    }
  }
  return signal;
}

/** Sinus rhythm with a variable RR and a premature wide beat with its pause every ninth beat. */
function rhythm(durationS: number, seed: number, bpm = 75, from = 0.7): Beat[] {
  const next = random(seed);
  const beats: Beat[] = [];
  let timeS = from;
  for (let k = 1; timeS < durationS - 0.5; k++) {
    beats.push({ timeS, wide: k % 9 === 0 });
    const rr = (60 / bpm) * (0.95 + 0.1 * next());
    timeS += (k + 1) % 9 === 0 ? 0.65 * rr : k % 9 === 0 ? 1.35 * rr : rr;
  }
  return beats;
}

function add(signal: Float64Array, noise: (i: number) => number): Float64Array {
  return signal.map((value, i) => value + noise(i));
}

/** Missed and extra beats at 150 ms, and the spread of the distance of the narrow ones (largest minus smallest). */
function judge(found: ArrayLike<number>, beats: readonly Beat[]) {
  const times = Array.from(found);
  const near = (timeS: number) =>
    times.reduce((best, t) => (Math.abs(t - timeS) < Math.abs(best - timeS) ? t : best), Infinity);
  const hits = beats.filter(({ timeS }) => Math.abs(near(timeS) - timeS) <= 0.15);
  const offsets = hits.filter(({ wide }) => !wide).map(({ timeS }) => near(timeS) - timeS);
  return {
    missed: beats.length - hits.length,
    extra: times.length - hits.length,
    spreadS: Math.max(...offsets) - Math.min(...offsets),
    biasS: offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length,
  };
}

describe('detectQrs', () => {
  it.each([100, 128, 180, 250, 257, 360, 500, 1000])('finds every beat at %i Hz', (rateHz) => {
    const beats = rhythm(60, rateHz);
    const { timeS, confidence } = detectQrs([ecg(beats, 60, rateHz)], rateHz);
    const { missed, extra, spreadS, biasS } = judge(timeS, beats);
    expect([missed, extra]).toEqual([0, 0]);
    // Finer than a sample, at the same place in every beat of the form.
    expect(spreadS).toBeLessThan(0.003);
    expect(Math.abs(biasS)).toBeLessThan(0.008);
    expect(Math.min(...confidence)).toBeGreaterThan(0.5);
  });

  it('gives the same beats for any gain, offset and polarity', () => {
    const signal = ecg(rhythm(60, 5), 60, 250);
    const plain = detectQrs([signal], 250).timeS;
    expect(plain.length).toBeGreaterThan(60);
    const other = detectQrs([signal.map((value) => -3000 * value + 1e5)], 250).timeS;
    expect(other.length).toBe(plain.length);
    plain.forEach((timeS, i) => expect(Math.abs(other[i]! - timeS)).toBeLessThan(1e-4));
  });

  it('withstands wander, mains and muscle noise', () => {
    const beats = rhythm(120, 3);
    const next = random(11);
    const noisy = add(
      ecg(beats, 120, 360),
      (i) =>
        0.8 * Math.sin((2 * Math.PI * 0.25 * i) / 360) +
        0.15 * Math.sin((2 * Math.PI * 50 * i) / 360) +
        0.25 * (next() - 0.5),
    );
    const { missed, extra } = judge(detectQrs([noisy], 360).timeS, beats);
    expect([missed, extra]).toEqual([0, 0]);
  });

  it('reads the other lead while one is off or noisy', () => {
    const beats = rhythm(120, 4);
    const next = random(12);
    const off = ecg(beats, 120, 250).map((v, i) => (i > 30 * 250 && i < 55 * 250 ? 4.2 : v));
    const noisy = add(ecg(beats, 120, 250, 0.7), (i) =>
      i > 70 * 250 && i < 90 * 250 ? 3 * (next() - 0.5) : 0,
    );
    // A beat on the very step of the lead coming off may be lost.
    const clear = (t: number): boolean => Math.abs(t - 30) > 0.5 && Math.abs(t - 55) > 0.5;
    const { missed, extra } = judge(
      detectQrs([off, noisy], 250).timeS.filter(clear),
      beats.filter(({ timeS }) => clear(timeS)),
    );
    expect([missed, extra]).toEqual([0, 0]);
  });

  it('finds nothing in a pause, a flat line or an empty recording', () => {
    const before = rhythm(60, 6);
    const after = rhythm(120, 7, 60, 68);
    const beats = [...before, ...after];
    const { missed, extra } = judge(detectQrs([ecg(beats, 120, 250)], 250).timeS, beats);
    expect([missed, extra]).toEqual([0, 0]);
    expect(detectQrs([new Float64Array(5000).fill(1.5)], 250).timeS.length).toBe(0);
    expect(detectQrs([new Float64Array(0)], 250).timeS.length).toBe(0);
    expect(detectQrs([new Float64Array(5000).fill(NaN)], 250).timeS.length).toBe(0);
  });

  it('finds no beats in noise or mains of a lead that is off', () => {
    const next = random(31);
    const noise = Float64Array.from({ length: 60 * 250 }, () => next() + next() + next() - 1.5);
    expect(detectQrs([noise], 250).timeS.length).toBeLessThan(3);
    const mains = noise.map((v, i) => 0.03 * v + Math.sin((2 * Math.PI * 50 * i) / 250));
    expect(detectQrs([mains], 250).timeS.length).toBe(0);
  });

  it('keeps a ventricular tachycardia without a baseline', () => {
    const next = random(32);
    const signal = new Float64Array(60 * 250);
    const beats: Beat[] = [];
    for (let timeS = 0.5; timeS < 59.5; timeS += (60 / 220) * (0.98 + 0.04 * next()))
      beats.push({ timeS, wide: false });
    signal.forEach((_, i) => {
      const t = i / 250;
      for (const { timeS } of beats)
        if (Math.abs(timeS - t) < 0.5)
          signal[i]! += 1.4 * bump(t, timeS, 0.04) - 0.7 * bump(t, timeS + 0.16, 0.05);
    });
    const { missed, extra } = judge(detectQrs([signal], 250).timeS, beats);
    // The first and last beats have no two neighbours to be likened to.
    expect(missed).toBeLessThan(4);
    expect(extra).toBe(0);
  });

  it('finds nothing in a gap and everything beside it', () => {
    const beats = rhythm(90, 8);
    const signal = ecg(beats, 90, 250).map((v, i) => (i > 40 * 250 && i < 47 * 250 ? NaN : v));
    const seen = beats.filter(({ timeS }) => timeS < 39.8 || timeS > 47.2);
    const found = detectQrs([signal], 250).timeS.filter((t) => t < 39.8 || t > 47.2);
    const { missed, extra } = judge(found, seen);
    expect([missed, extra]).toEqual([0, 0]);
    const inside = detectQrs([signal], 250).timeS.filter((t) => t > 40 && t < 47);
    expect(inside.length).toBe(0);
  });

  it.each([35, 180, 220])('follows a rate of %i per minute', (bpm) => {
    const next = random(9);
    const beats: Beat[] = [];
    for (let timeS = 0.7; timeS < 59.5; timeS += (60 / bpm) * (0.97 + 0.06 * next()))
      beats.push({ timeS, wide: false });
    const { missed, extra } = judge(detectQrs([ecg(beats, 60, 250)], 250).timeS, beats);
    expect([missed, extra]).toEqual([0, 0]);
  });
});

describe('createQrsDetector', () => {
  it('gives the same beats however the recording is cut', { timeout: 60_000 }, () => {
    const beats = rhythm(700, 21);
    const next = random(22);
    const leads = [1, -0.6].map((gain) =>
      add(ecg(beats, 700, 200, gain), () => 0.05 * (next() - 0.5)),
    );
    const run = (cut: () => number): Detection[] => {
      const detector = createQrsDetector({ rateHz: 200, leads: 2 });
      const found: Detection[] = [];
      for (let at = 0; at < leads[0]!.length;) {
        const end = at + cut();
        found.push(...detector.push(leads.map((lead) => lead.subarray(at, end))));
        at = end;
      }
      return [...found, ...detector.flush()];
    };
    const whole = run(() => 1e9);
    expect(
      judge(
        whole.map((beat) => beat.timeS),
        beats,
      ),
    ).toMatchObject({ missed: 0, extra: 0 });
    expect(run(() => 1 + Math.floor(20_000 * next()))).toEqual(whole);
  });

  it('refuses what only a bug can give it', () => {
    expect(() => createQrsDetector({ rateHz: NaN, leads: 1 })).toThrow(RangeError);
    expect(() => createQrsDetector({ rateHz: 250, leads: 0 })).toThrow(RangeError);
    const detector = createQrsDetector({ rateHz: 250, leads: 2 });
    expect(() => detector.push([new Float64Array(5)])).toThrow(RangeError);
    expect(() => detector.push([new Float64Array(5), new Float64Array(6)])).toThrow(RangeError);
  });

  it('keeps the fiducial of a complex whose R and S change places as the tallest', () => {
    const rateHz = 250;
    const signal = new Float64Array(90 * rateHz);
    const times = Array.from({ length: 105 }, (_, k) => 1 + k * 0.83);
    for (const [k, timeS] of times.entries()) {
      // First R is the taller, then S with a slurred end, which is another form by correlation.
      const [r, s, slur] = k < 50 ? [1, 0.75, 0] : [0.7, 1.1, 0.7];
      for (let i = Math.floor((timeS - 0.4) * rateHz); i < (timeS + 0.5) * rateHz; i++) {
        const t = i / rateHz - timeS;
        signal[i]! += r * bump(t, 0, 0.012) - s * bump(t, 0.045, 0.012) + slur * bump(t, 0.1, 0.02);
      }
    }
    const found = detectQrs([signal], rateHz);
    expect(found.timeS).toHaveLength(times.length);
    found.timeS.forEach((timeS, k) => expect(Math.abs(timeS - times[k]!)).toBeLessThan(0.012));
  });
});

describe('the end of a recording', () => {
  it('has no beat beyond it, however many of the same form came before', () => {
    for (let cut = 0; cut < 12; cut++) {
      const rateHz = 360;
      const whole = ecg(rhythm(30, 3), 30, rateHz);
      const last = rhythm(30, 3).at(-2)!.timeS;
      const length = Math.round((last - 0.06 + cut * 0.01) * rateHz);
      const { timeS } = detectQrs([whole.subarray(0, length)], rateHz);
      expect(timeS.at(-1)).toBeLessThanOrEqual((length - 1) / rateHz);
    }
  });
});
