import type { Scored } from './ranking';

/** Segments by reference and verdict; Abnormal is positive. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Counts at a threshold: Abnormal where `probability >= threshold`. */
export function confusionAt(scored: Scored, threshold: number): Confusion {
  const counts = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
  for (let i = 0; i < scored.probability.length; i++) {
    const weight = scored.weight?.[i] ?? 1;
    const flagged = scored.probability[i]! >= threshold;
    if (scored.abnormal[i]) counts[flagged ? 'truePositives' : 'falseNegatives'] += weight;
    else counts[flagged ? 'falsePositives' : 'trueNegatives'] += weight;
  }
  return counts;
}

/** Share of right verdicts. */
export function accuracy(c: Confusion): number {
  const all = c.truePositives + c.falsePositives + c.trueNegatives + c.falseNegatives;
  return (c.truePositives + c.trueNegatives) / all;
}

/** Share of flagged segments that are Abnormal; NaN where none is flagged. */
export function precision(c: Confusion): number {
  return c.truePositives / (c.truePositives + c.falsePositives);
}

/** Share of Abnormal segments that are flagged, which is sensitivity; NaN where none is Abnormal. */
export function recall(c: Confusion): number {
  return c.truePositives / (c.truePositives + c.falseNegatives);
}

/** Share of Normal segments that are not flagged; NaN where none is Normal. */
export function specificity(c: Confusion): number {
  return c.trueNegatives / (c.trueNegatives + c.falsePositives);
}

/** Harmonic mean of precision and recall (van Rijsbergen 1979); NaN without Abnormal and flagged segments. */
export function f1(c: Confusion): number {
  return (2 * c.truePositives) / (2 * c.truePositives + c.falsePositives + c.falseNegatives);
}
