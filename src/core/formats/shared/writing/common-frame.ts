/** Frames that hold a whole number of samples of every lead, as formats of several rates need them. */
export interface CommonFrame {
  readonly frameRateHz: number;
  /** Of each lead. */
  readonly samplesPerFrame: readonly number[];
}

const MAX_SAMPLES_PER_FRAME = 2 ** 16;
const MAX_DENOMINATOR = 10_000;
/** Rates are decimals in some files: two that differ by less are one. */
const SAME = 1e-9;

/**
 * The shortest frame of leads with these rates: 100 and 12.8 Hz have 125 and 16 samples in frames of 0.8 Hz.
 * @returns null where the rates have no frame of a size that anyone reads
 */
export function commonFrame(ratesHz: readonly number[]): CommonFrame | null {
  const [first] = ratesHz;
  if (first === undefined) return null;
  const ratios = ratesHz.map((rateHz) => fractionOf(rateHz / first));
  if (ratios.some((ratio) => ratio === null)) return null;
  const denominator = ratios.reduce((common, ratio) => lcm(common, ratio!.bottom), 1);
  const samples = ratios.map((ratio) => (ratio!.top * denominator) / ratio!.bottom);
  const divisor = samples.reduce(gcd);
  const samplesPerFrame = samples.map((count) => count / divisor);
  if (samplesPerFrame.some((count) => count > MAX_SAMPLES_PER_FRAME)) return null;
  return { frameRateHz: first / samplesPerFrame[0]!, samplesPerFrame };
}

/** A number as a fraction of small integers, by continued fractions; null where none is near enough. */
export function fractionOf(value: number): { top: number; bottom: number } | null {
  let [top, topBefore, bottom, bottomBefore] = [1, 0, 0, 1];
  let rest = value;
  for (let k = 0; k < 32; k++) {
    const whole = Math.floor(rest);
    [top, topBefore] = [whole * top + topBefore, top];
    [bottom, bottomBefore] = [whole * bottom + bottomBefore, bottom];
    if (!(bottom <= MAX_DENOMINATOR && top <= 2 ** 31)) return null;
    if (Math.abs(top / bottom - value) <= SAME * value) return { top, bottom };
    rest = 1 / (rest - whole);
  }
  return null;
}

export function gcd(a: number, b: number): number {
  let [large, small] = [a, b];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}

function lcm(a: number, b: number): number {
  return (a / gcd(a, b)) * b;
}
