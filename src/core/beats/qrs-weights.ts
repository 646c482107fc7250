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
  bias: -2.098,
  weights: [
    1.6711, 1.9753, -0.87051, -0.58004, 2.3504, 2.3137, 1.7068, -0.12512, 9.3881, -0.35555, 2.6764,
    -2.0223, 1.9765, -0.44737,
  ],
};

export const RHYTHM_WEIGHTS: LogisticWeights = {
  bias: -1.5088,
  weights: [
    2.3905, 0.2101, -0.056967, -0.37778, 1.9347, 1.211, 1.4647, -0.14023, 1.2536, 0.010517,
    -0.30854, -1.4355, 2.2525, -1.0684, 0.85595, 2.1686, 2.9627, -1.3016, -0.11749, -0.92476,
    -0.10735, -1.9106, -24.185, -17.97,
  ],
};
