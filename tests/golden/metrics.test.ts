import { expect, it } from 'vitest';
import { confusionAt } from '../../src/core/evaluation/confusion';
import { segmentMetrics, type MetricName } from '../../src/core/evaluation/metrics';
import golden from './metrics/golden.json';

/** scikit-learn's answers; `golden.json` names the command that made it. */
it.each(golden.cases)('agrees with scikit-learn: $name', (c) => {
  const scored = {
    abnormal: c.abnormal,
    probability: c.probability,
    ...(c.weight ? { weight: c.weight } : {}),
  };
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusionAt(
    scored,
    c.threshold,
  );
  expect([truePositives, falsePositives, trueNegatives, falseNegatives]).toEqual(c.confusion);
  const got = segmentMetrics(scored, c.threshold);
  for (const [name, value] of Object.entries(c.metrics)) {
    if (value === null) expect(got[name as MetricName], name).toBeNaN();
    else expect(got[name as MetricName], name).toBeCloseTo(value, 12);
  }
});
