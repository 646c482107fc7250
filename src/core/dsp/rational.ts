export interface Ratio {
  readonly up: number;
  readonly down: number;
}

/** Bounds the resampling kernel to 400,000 taps (3 MB). */
const MAX_TERM = 20_000;

/**
 * `toHz / fromHz` as a fraction for resampling: exact when both terms are at most 20,000 (360/128 = 45/16), else
 * the best approximation within that bound, from the continued fraction and its last intermediate fraction (Hardy &
 * Wright, An Introduction to the Theory of Numbers, ch. 10). Record rates are decimal text such as 62.4725. The
 * relative error stays below 2.6e-5 from 50 to 2,000 Hz (resample.test.ts), worst beside a simple ratio: a quarter
 * of a millisecond at the end of a ten-second window. Windows are anchored one by one, so it does not add up.
 */
export function rationalRatio(fromHz: number, toHz: number): Ratio {
  const target = toHz / fromHz;
  if (!(Number.isFinite(target) && target > 0)) {
    throw new RangeError(`no ratio between rates ${fromHz} and ${toHz} Hz`);
  }
  const error = (r: Ratio): number => Math.abs(r.up / r.down - target) / target;
  let previous: Ratio = { up: 1, down: 0 };
  let current: Ratio = { up: Math.floor(target), down: 1 };
  let rest = target - current.up;
  while (error(current) > 1e-12 && rest > 0) {
    const term = Math.floor(1 / rest);
    const fits = Math.min(
      term,
      Math.floor((MAX_TERM - previous.up) / Math.max(1, current.up)),
      Math.floor((MAX_TERM - previous.down) / current.down),
    );
    const next: Ratio = {
      up: fits * current.up + previous.up,
      down: fits * current.down + previous.down,
    };
    if (fits < term) return fits > 0 && error(next) < error(current) ? next : current;
    [previous, current] = [current, next];
    rest = 1 / rest - term;
  }
  return current;
}
