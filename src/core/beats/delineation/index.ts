/** Where the waves of a heartbeat begin, peak and end. */
export { delineateSamples, type Delineation } from './delineate-samples';
export { MARK_NAMES, noMarks, type BeatMarks, type MarkName } from './types';
export { DELINEATION_RATE_HZ } from './wavelet';
