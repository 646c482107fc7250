import { calibrationError } from './calibration';
import { accuracy, confusionAt, f1, precision, recall, specificity } from './confusion';
import { averagePrecision, rocAuc, sensitivityAtSpecificity } from './curves';
import { operatingPoints, rankByProbability, type Scored } from './ranking';

/** The figures that every evaluation gives, in the order in which they are shown. */
export const METRIC_TITLES = {
  accuracy: 'Accuracy',
  precision: 'Precision',
  recall: 'Recall (sensitivity)',
  specificity: 'Specificity',
  f1: 'F1',
  rocAuc: 'ROC-AUC',
  prAuc: 'PR-AUC',
  sensitivityAtSpecificity90: 'Sensitivity at 90 % specificity',
  sensitivityAtSpecificity95: 'Sensitivity at 95 % specificity',
  calibrationError: 'Calibration error',
} as const;

export type MetricName = keyof typeof METRIC_TITLES;
export type Metrics = Readonly<Record<MetricName, number>>;

/**
 * All figures of a set of segments at a threshold; NaN for a figure that a missing class leaves undefined.
 * @param order from `rankByProbability`, where the caller has it already
 */
export function segmentMetrics(
  scored: Scored,
  threshold: number,
  order: Uint32Array = rankByProbability(scored.probability),
): Metrics {
  const confusion = confusionAt(scored, threshold);
  const points = operatingPoints(scored, order);
  return {
    accuracy: accuracy(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    specificity: specificity(confusion),
    f1: f1(confusion),
    rocAuc: rocAuc(points),
    prAuc: averagePrecision(points),
    sensitivityAtSpecificity90: sensitivityAtSpecificity(points, 0.9),
    sensitivityAtSpecificity95: sensitivityAtSpecificity(points, 0.95),
    calibrationError: calibrationError(scored),
  };
}
