import { LEVEL_BLOCK, QRS_RATE_HZ } from './qrs-constants';
import type { Evidence } from './qrs-evidence';
import { lowerQuantile } from './quantiles';
import { neighbourSimilarity } from './qrs-similarity';

/** What the first pass knows of a candidate; all numbers are ratios, correlations or seconds. */
export const SHAPE_FEATURES = [
  'height', // log height against the local QRS level
  'heightToNeighbours', // log height against the median of near strong candidates
  'heightToBackground', // log height against the background between complexes
  'wideHeight', // log height in the band of wide complexes
  'lowestLead', // log height in the trusted lead that shows it least
  'highestLead', // log height in the lead that shows it most
  'quality', // log of the best lead's peak-to-background ratio
  'largerBefore', // log height of the largest candidate in the 0.6 s before, against this one
  'beforeS', // how long before
  'largerAfter', // the same afterwards
  'afterS',
  'tWavePlace', // by how much a larger one 0.2 to 0.4 s before exceeds it: where T waves are
  'similarity', // correlation with the most similar near strong candidate
  'secondSimilarity', // and with the second most similar
] as const;

/** Candidates on each side that are near. */
const NEAR = 12;
/** Height from which a candidate is strong, in units of a QRS complex. */
const STRONG = 0.4;
/** How far a larger candidate is sought before and after one, samples. */
const WINDOW = 0.6 * QRS_RATE_HZ;

const SIMILARITY = SHAPE_FEATURES.indexOf('similarity');

/** log(x + 0.02): heights below 2 % of a QRS complex are all the same. */
const logRatio = (x: number): number => Math.log(x + 0.02);

/**
 * @returns row-major [candidates, SHAPE_FEATURES.length]
 */
export function shapeFeatures(evidence: Evidence): Float64Array {
  const { candidates, narrow } = evidence;
  const width = SHAPE_FEATURES.length;
  const rows = new Float64Array(candidates.length * width);
  const heights = new Float64Array(candidates.length);
  for (let k = 0; k < heights.length; k++) heights[k] = narrow[candidates[k]!]!;
  const similar = neighbourSimilarity(evidence);
  for (let k = 0; k < heights.length; k++) {
    fillRow(rows, k * width, evidence, heights, k);
    rows[k * width + SIMILARITY] = similar.best[k]!;
    rows[k * width + SIMILARITY + 1] = similar.second[k]!;
  }
  return rows;
}

/** All of the row before likeness to neighbours. */
function fillRow(
  rows: Float64Array,
  row: number,
  { candidates, wide, leads, narrowLevels }: Evidence,
  heights: Float64Array,
  k: number,
): void {
  const at = candidates[k]!;
  const height = heights[k]!;
  const block = Math.floor(at / LEVEL_BLOCK);
  let wideHeight = 0;
  for (let i = Math.max(0, at - 15); i < Math.min(wide.length, at + 15); i++)
    wideHeight = Math.max(wideHeight, wide[i]!);
  let best = 0;
  for (const lead of leads) best = Math.max(best, lead.weights[block]!);
  let lowest = Infinity;
  let highest = 0;
  for (const lead of leads) {
    const level = lead.levels.peak[block]!;
    if (!(level > 0) || lead.weights[block]! < 0.1 * best) continue;
    lowest = Math.min(lowest, lead.envelope[at]! / level);
    highest = Math.max(highest, lead.envelope[at]! / level);
  }
  const before = largest(candidates, heights, k, -1);
  const after = largest(candidates, heights, k, 1);
  const largerBefore = logRatio(before.height) - logRatio(height);
  const inTWavePlace = before.seconds > 0.2 && before.seconds < 0.4;
  rows[row] = logRatio(height);
  rows[row + 1] = logRatio(height / strongNear(heights, k));
  rows[row + 2] = logRatio(height) - logRatio(narrowLevels.background[block]!);
  rows[row + 3] = logRatio(wideHeight);
  rows[row + 4] = logRatio(Number.isFinite(lowest) ? lowest : 0);
  rows[row + 5] = logRatio(highest);
  rows[row + 6] = Math.log(best + 0.05);
  rows[row + 7] = largerBefore;
  rows[row + 8] = before.seconds;
  rows[row + 9] = logRatio(after.height) - logRatio(height);
  rows[row + 10] = after.seconds;
  rows[row + 11] = inTWavePlace ? Math.max(0, largerBefore) : 0;
}

const strong = new Float64Array(2 * NEAR + 1);

/** Median height of the strong candidates near one; 1 where there is none. */
function strongNear(heights: Float64Array, k: number): number {
  let end = 0;
  const last = Math.min(heights.length - 1, k + NEAR);
  for (let q = Math.max(0, k - NEAR); q <= last; q++)
    if (q !== k && heights[q]! > STRONG) strong[end++] = heights[q]!;
  return lowerQuantile(strong, 0.5, 1, { from: 0, end });
}

/** The largest candidate within 0.6 s before (direction -1) or after (1); height 0, 0.6 s when there is none. */
function largest(
  candidates: readonly number[],
  heights: Float64Array,
  k: number,
  direction: -1 | 1,
): { height: number; seconds: number } {
  let found = { height: 0, seconds: WINDOW / QRS_RATE_HZ };
  for (let q = k + direction; q >= 0 && q < candidates.length; q += direction) {
    const distance = Math.abs(candidates[q]! - candidates[k]!);
    if (distance >= WINDOW) break;
    if (heights[q]! > found.height)
      found = { height: heights[q]!, seconds: distance / QRS_RATE_HZ };
  }
  return found;
}
