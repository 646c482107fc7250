/**
 * Logistic regression over SHAPE_FEATURES, and over SHAPE_FEATURES and RHYTHM_FEATURES, in their order.
 * Made by `training/qrs/fit.py` from the candidates of mitdb (DS1 and paced) and svdb; the numbers quoted
 * for the detector are from leaving out a fifth of the records at a time, not from these final weights.
 */
export interface LogisticWeights {
  readonly bias: number;
  readonly weights: readonly number[];
}

export const SHAPE_WEIGHTS: LogisticWeights = {
  bias: -4.5206,
  weights: [
    1.5122, 2.1843, 1.2272, -0.02653, 1.3721, 2.001, 0.93143, 0.028658, 8.6833, -0.26389, 2.7363,
    -2.2225, 3.277, -0.33188,
  ],
};

export const RHYTHM_WEIGHTS: LogisticWeights = {
  bias: -2.444,
  weights: [
    1.0133, 1.2697, 0.78472, 0.73939, 0.80125, 1.4284, 0.61865, 0.035262, 1.7784, -0.10446, 0.43091,
    -1.857, 2.4557, 0.39734, 1.0279, 2.1364, 0.38206, -4.2304, -1.4653, -1.4362, 0.70222, -1.3697,
    -22.134, -10.213,
  ],
};
