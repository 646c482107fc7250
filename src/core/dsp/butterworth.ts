import type { Band } from '../../shared/domain';

/** Second-order section [b0, b1, b2, a1, a2] of H(z) = (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2). */
export type Section = readonly [number, number, number, number, number];

/** A band; its order is that of the prototype: a band-pass has twice as many poles. */
export type BandSpec = Band;

/** Sections in SciPy's order (poles nearest the unit circle last), and the largest pole radius. */
export interface FilterDesign {
  readonly sections: readonly Section[];
  readonly largestPoleRadius: number;
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

function divide(a: Complex, b: Complex): Complex {
  const d = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d };
}

function squareRoot(a: Complex): Complex {
  const modulus = Math.hypot(a.re, a.im);
  const re = Math.sqrt((modulus + a.re) / 2);
  const im = Math.sqrt((modulus - a.re) / 2);
  return { re, im: a.im < 0 ? -im : im };
}

/**
 * Butterworth band-pass for zero-phase use: analogue prototype, band-pass transform, bilinear transform with
 * prewarped edges, paired into sections as SciPy's `butter(order, [low, high], 'bandpass', fs=rate,
 * output='sos')` does (Oppenheim & Schafer, Discrete-Time Signal Processing, 3rd ed., 7.2 and 6.9).
 *
 * A recording whose Nyquist frequency is not above `highHz` holds nothing that the upper edge could remove:
 * there the design is the high-pass at `lowHz` of the same order.
 *
 * @param rateHz sampling rate, above 2 * lowHz
 * @throws RangeError when the rate cannot carry the lower edge or the band is empty
 */
export function designBandpass(rateHz: number, spec: BandSpec): FilterDesign {
  const { lowHz, highHz, order } = spec;
  if (!(lowHz > 0 && highHz > lowHz && Number.isInteger(order) && order > 0)) {
    throw new RangeError(`not a band-pass: ${lowHz} to ${highHz} Hz of order ${order}`);
  }
  if (!(rateHz > 2 * lowHz && Number.isFinite(rateHz))) {
    throw new RangeError(`a rate of ${rateHz} Hz cannot carry a lower edge of ${lowHz} Hz`);
  }
  // SciPy normalises to a rate of 2, so that the bilinear transform is (4 + s) / (4 - s).
  const warp = (hz: number): number => 4 * Math.tan((Math.PI * hz) / rateHz);
  const highPass = highHz >= rateHz / 2;
  const low = warp(lowHz);
  const centre = highPass ? low : Math.sqrt(low * warp(highHz));
  const width = highPass ? low : warp(highHz) - low;

  const analogPoles: Complex[] = [];
  for (let m = 1 - order; m < order; m += 2) {
    const angle = (Math.PI * m) / (2 * order);
    const prototype: Complex = { re: -Math.cos(angle), im: m === 0 ? 0 : -Math.sin(angle) };
    if (highPass) {
      analogPoles.push(divide({ re: low, im: 0 }, prototype));
      continue;
    }
    const p: Complex = { re: (prototype.re * width) / 2, im: (prototype.im * width) / 2 };
    const square = multiply(p, p);
    const root = squareRoot({ re: square.re - centre * centre, im: square.im });
    analogPoles.push({ re: p.re + root.re, im: p.im + root.im });
    analogPoles.push({ re: p.re - root.re, im: p.im - root.im });
  }

  let denominator: Complex = { re: 1, im: 0 };
  const poles = analogPoles.map((s) => {
    denominator = multiply(denominator, { re: 4 - s.re, im: -s.im });
    return divide({ re: 4 + s.re, im: s.im }, { re: 4 - s.re, im: -s.im });
  });
  // Analogue zeros lie at 0, so each contributes a factor of 4; the high-pass has gain 1 before warping.
  const gain = divide({ re: (highPass ? 1 : width ** order) * 4 ** order, im: 0 }, denominator).re;
  return {
    sections: pair(poles, order, highPass ? 0 : order, gain),
    largestPoleRadius: Math.max(...poles.map((p) => Math.hypot(p.re, p.im))),
  };
}

/**
 * SciPy's `zpk2sos(..., pairing='nearest')` for zeros that are all at 1 or -1: the pole nearest the unit circle
 * takes its conjugate (or the next real pole) and the two zeros nearest to it, and becomes the last section.
 */
function pair(
  poles: readonly Complex[],
  zerosAtOne: number,
  zerosAtMinusOne: number,
  gain: number,
): Section[] {
  const isReal = (p: Complex): boolean => Math.abs(p.im) <= 1e-14 * Math.hypot(p.re, p.im);
  const left = poles.filter((p) => isReal(p) || p.im > 0);
  const distance = (p: Complex): number => Math.abs(1 - Math.hypot(p.re, p.im));
  const takeWorst = (fits: (p: Complex) => boolean): Complex | undefined => {
    let worst = -1;
    left.forEach((p, i) => {
      if (fits(p) && (worst < 0 || distance(p) < distance(left[worst]!))) worst = i;
    });
    return worst < 0 ? undefined : left.splice(worst, 1)[0];
  };
  const takeZero = (nearRe: number): number | undefined => {
    if (zerosAtOne > 0 && (nearRe >= 0 || zerosAtMinusOne === 0)) {
      zerosAtOne--;
      return 1;
    }
    if (zerosAtMinusOne === 0) return undefined;
    zerosAtMinusOne--;
    return -1;
  };

  const sections: Section[] = [];
  for (let p = takeWorst(() => true); p; p = takeWorst(() => true)) {
    const second = isReal(p) ? takeWorst(isReal) : { re: p.re, im: -p.im };
    const z1 = takeZero(p.re)!;
    // A single real pole is a section of first order.
    const z2 = second === undefined ? undefined : takeZero(p.re);
    const sum = p.re + (second?.re ?? 0);
    const product = second === undefined ? 0 : multiply(p, second).re;
    const last = left.length === 0;
    const b0 = last ? gain : 1;
    sections.unshift([b0, -b0 * (z1 + (z2 ?? 0)), b0 * z1 * (z2 ?? 0), -sum, product]);
  }
  return sections;
}
