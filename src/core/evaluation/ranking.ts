/** Reference labels and probabilities of Abnormal, one per segment, and how much each counts (default 1). */
export interface Scored {
  readonly abnormal: ArrayLike<boolean>;
  readonly probability: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/** What is flagged at a threshold: everything with `probability >= threshold`. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Segment numbers by falling probability. Reused over the draws of a bootstrap, which only change weights. */
export function rankByProbability(probability: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: probability.length }, (_, i) => i).sort(
    (a, b) => probability[b]! - probability[a]!,
  );
}

/**
 * Every operating point, from flagging nothing (threshold infinite) to flagging everything, one per distinct
 * probability of the segments that count.
 */
export function operatingPoints(
  scored: Scored,
  order: Uint32Array = rankByProbability(scored.probability),
): OperatingPoint[] {
  const points: OperatingPoint[] = [{ threshold: Infinity, truePositives: 0, falsePositives: 0 }];
  let truePositives = 0;
  let falsePositives = 0;
  for (let i = 0; i < order.length;) {
    const threshold = scored.probability[order[i]!]!;
    let counted = false;
    for (; i < order.length && scored.probability[order[i]!]! === threshold; i++) {
      const weight = scored.weight?.[order[i]!] ?? 1;
      if (weight === 0) continue;
      counted = true;
      if (scored.abnormal[order[i]!]) truePositives += weight;
      else falsePositives += weight;
    }
    if (counted) points.push({ threshold, truePositives, falsePositives });
  }
  return points;
}
