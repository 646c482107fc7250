export {
  createBandpass,
  createDisplayFilter,
  filterWindow,
  type Bandpass,
  type ReadSamples,
} from './bandpass';
export { designBandpass, type BandSpec, type FilterDesign, type Section } from './butterworth';
export { forEachFiniteRun, withoutGaps } from './finite-runs';
export { rationalRatio, type Ratio } from './rational';
export { createResampler, type Resampler } from './resample';
export { segmentGrid, segmentStartS, type SegmentGrid } from './segments';
export { sosfiltfilt } from './sosfiltfilt';
export { standardise } from './standardise';
export { unreadableReason, type UnreadableReason } from './unreadable';
