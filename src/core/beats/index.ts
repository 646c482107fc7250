/** Heartbeats: where they are, how they follow one another, and what to say of them. */
export {
  createQrsDetector,
  detectQrs,
  type DetectedBeats,
  type Detection,
  type QrsDetector,
  type QrsDetectorOptions,
} from './detect-qrs';
