import type { OperatingPoint } from './ranking';

/** A point of a curve; both coordinates 0 to 1. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

function totals(points: readonly OperatingPoint[]): { positives: number; negatives: number } {
  const last = points[points.length - 1]!;
  return { positives: last.truePositives, negatives: last.falsePositives };
}

/** False positive rate (x) against sensitivity (y). */
export function rocCurve(points: readonly OperatingPoint[]): CurvePoint[] {
  const { positives, negatives } = totals(points);
  return points.map((p) => ({ x: p.falsePositives / negatives, y: p.truePositives / positives }));
}

/** Area under the ROC curve by trapezoids (Fawcett 2006, algorithm 2); NaN where a class is absent. */
export function rocAuc(points: readonly OperatingPoint[]): number {
  const { positives, negatives } = totals(points);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    area += ((b.falsePositives - a.falsePositives) * (a.truePositives + b.truePositives)) / 2;
  }
  return area / (positives * negatives);
}

/** Sensitivity (x) against precision (y), from the highest threshold on. */
export function precisionRecallCurve(points: readonly OperatingPoint[]): CurvePoint[] {
  const { positives } = totals(points);
  return points.slice(1).map((p) => ({
    x: p.truePositives / positives,
    y: p.truePositives / (p.truePositives + p.falsePositives),
  }));
}

/**
 * Average precision: the sum of precision times each step in sensitivity, without interpolation (Davis &
 * Goadrich 2006 show that linear interpolation is too optimistic). NaN without an Abnormal segment.
 */
export function averagePrecision(points: readonly OperatingPoint[]): number {
  const { positives } = totals(points);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const { truePositives, falsePositives } = points[i]!;
    const step = truePositives - points[i - 1]!.truePositives;
    if (step > 0) area += (step * truePositives) / (truePositives + falsePositives);
  }
  return positives > 0 ? area / positives : NaN;
}

/** Highest sensitivity of any threshold whose specificity is at least the one given; NaN where a class is absent. */
export function sensitivityAtSpecificity(
  points: readonly OperatingPoint[],
  specificity: number,
): number {
  const { positives, negatives } = totals(points);
  if (!(positives > 0 && negatives > 0)) return NaN;
  // Counts are whole, so 1e-9 only absorbs the rounding of 1 - 0.9.
  const allowed = (1 - specificity) * negatives + 1e-9;
  let best = 0;
  for (const { truePositives, falsePositives } of points) {
    if (falsePositives <= allowed) best = Math.max(best, truePositives / positives);
  }
  return best;
}

/** The threshold with the greatest sensitivity + specificity - 1 (Youden 1950), the highest of equals. */
export function youdenThreshold(points: readonly OperatingPoint[]): number {
  const { positives, negatives } = totals(points);
  let best = -Infinity;
  let threshold = 0.5;
  for (const point of points.slice(1)) {
    const index = point.truePositives / positives - point.falsePositives / negatives;
    if (index > best) {
      best = index;
      threshold = point.threshold;
    }
  }
  return threshold;
}
