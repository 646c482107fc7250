import type { Scored } from './ranking';

/** Segments whose probability falls in [low, high), the last bin also 1. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability and share of Abnormal; NaN in an empty bin. */
  readonly meanProbability: number;
  readonly abnormalShare: number;
}

const CALIBRATION_BINS = 10;

/** Bins of equal width over the probability of Abnormal. */
export function calibrationBins(scored: Scored, bins = CALIBRATION_BINS): CalibrationBin[] {
  const counts = new Float64Array(bins);
  const probabilities = new Float64Array(bins);
  const abnormal = new Float64Array(bins);
  for (let i = 0; i < scored.probability.length; i++) {
    const weight = scored.weight?.[i] ?? 1;
    const p = scored.probability[i]!;
    const bin = Math.min(bins - 1, Math.floor(p * bins));
    counts[bin]! += weight;
    probabilities[bin]! += weight * p;
    if (scored.abnormal[i]) abnormal[bin]! += weight;
  }
  return Array.from(counts, (count, i) => ({
    low: i / bins,
    high: (i + 1) / bins,
    count,
    meanProbability: probabilities[i]! / count,
    abnormalShare: abnormal[i]! / count,
  }));
}

/**
 * Expected calibration error: mean distance between probability and share of Abnormal over the bins, weighted
 * by their counts (Naeini, Cooper & Hauskrecht 2015; here on P(Abnormal), ten equal bins).
 */
export function calibrationError(scored: Scored, bins = CALIBRATION_BINS): number {
  const filled = calibrationBins(scored, bins).filter(({ count }) => count > 0);
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  return (
    filled.reduce(
      (sum, bin) => sum + bin.count * Math.abs(bin.meanProbability - bin.abnormalShare),
      0,
    ) / total
  );
}
