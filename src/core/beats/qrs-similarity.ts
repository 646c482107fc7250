import { LEVEL_BLOCK } from './qrs-constants';
import type { Evidence } from './qrs-evidence';

const HALF = 10;
const POINTS = 2 * HALF + 1;
const LAGS = 3;
const SPAN = POINTS + 2 * LAGS;
const EACH_SIDE = 4;
const REACH = 10;
const STRONG = 0.55;

/**
 * How much each candidate looks like strong candidates near it: the largest normalised correlation of the
 * weighted leads over 160 ms, shifts of up to 24 ms allowed. Real beats repeat, noise does not.
 * Works on every second sample, since the slope signal ends at 20 Hz.
 */
export function neighbourSimilarity(evidence: Evidence): {
  readonly best: Float64Array;
  readonly second: Float64Array;
} {
  const { candidates, leads, narrow } = evidence;
  const count = candidates.length;
  const best = new Float64Array(count).fill(-1);
  const second = new Float64Array(count).fill(-1);
  const width = leads.length * SPAN;
  const windows = new Float64Array(count * width);
  candidates.forEach((at, k) => {
    const block = Math.floor(at / LEVEL_BLOCK);
    leads.forEach((lead, l) => {
      const level = lead.levels.peak[block]!;
      const scale = level > 0 ? Math.sqrt(lead.weights[block]!) / level : 0;
      for (let p = 0; p < SPAN; p++) {
        const sample = lead.slope[at + 2 * (p - HALF - LAGS)] ?? 0;
        windows[k * width + l * SPAN + p] = scale * sample;
      }
    });
  });

  for (let k = 0; k < count; k++) {
    for (const direction of [-1, 1]) {
      let used = 0;
      for (let step = 1; step <= REACH && used < EACH_SIDE; step++) {
        const q = k + direction * step;
        if (q < 0 || q >= count) break;
        if (narrow[candidates[q]!]! < STRONG) continue;
        used++;
        const value = correlation(windows, k * width, q * width, leads.length);
        if (value > best[k]!) {
          second[k] = best[k]!;
          best[k] = value;
        } else if (value > second[k]!) second[k] = value;
      }
    }
  }
  return { best, second };
}

function correlation(windows: Float64Array, a: number, b: number, leads: number): number {
  let best = -1;
  for (let lag = 0; lag <= 2 * LAGS; lag++) {
    let ab = 0;
    let aa = 0;
    let bb = 0;
    for (let l = 0; l < leads; l++) {
      const fixed = a + l * SPAN + LAGS;
      const moved = b + l * SPAN + lag;
      for (let p = 0; p < POINTS; p++) {
        const x = windows[fixed + p]!;
        const y = windows[moved + p]!;
        ab += x * y;
        aa += x * x;
        bb += y * y;
      }
    }
    best = Math.max(best, ab / Math.sqrt(aa * bb + 1e-30));
  }
  return best;
}
