/** What a header would say of a signal file that has none. */
export interface HeaderlessOptions {
  readonly format: number;
  /** Number of interleaved signals. */
  readonly signals: number;
  /** Samples per second of each signal. */
  readonly fs: number;
  /** ADU per mV. */
  readonly gain: number;
  /** Sample value at 0 mV. */
  readonly baseline: number;
}

/** How the MIT-BIH Arrhythmia Database stores its records. */
export const MITBIH_LAYOUT: HeaderlessOptions = {
  format: 212,
  signals: 2,
  fs: 360,
  gain: 200,
  baseline: 1024,
};
